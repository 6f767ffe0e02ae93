"""Faults in random numbers, initial weights, and the order of data: other bits, other draws."""

from __future__ import annotations

from ..fault import Fault

NUMBERS, SAMPLERS = ("random_numbers",), ("samplers",)
WEIGHTS, LINEAR, LOADER = ("kaiming_uniform_",), ("linear_init",), ("data_loader",)

FAULTS = [
    Fault(
        "generator: the last word of the seed is drawn first",
        "random.stream:Stream.start",
        "self.words[0], self.words[POSITION] = seed % WORD, UNSEEDED",
        "self.words[:WORDS] = first_words(seed)\n"
        "        self.words[POSITION] = WORDS - 1\n"
        "        temper_all(self.words)",
        NUMBERS,
    ),
    Fault(
        "generator: the seed's high bits count",
        "random.stream:Stream.start",
        "seed % WORD",
        "(seed ^ seed >> 32) % WORD",
        NUMBERS,
    ),
    Fault(
        "generator: the words of float64 are swapped",
        "random.twister:next_long_word",
        "(high << 32) | low",
        "(low << 32) | high",
        NUMBERS,
    ),
    Fault(
        "rand: the high bits of a word, not the low ones",
        "random.twister:next_fraction",
        "word & 0xFFFFFF)",
        "word >> 8)",
        NUMBERS,
    ),
    Fault(
        "uniform_: rounded twice",
        "random.uniform:uniform",
        "fused_multiply_add(fraction, width, low)",
        "fraction * width + low",
        NUMBERS,
    ),
    Fault(
        "uniform_: filled in the order of rows, not of memory",
        "random.filling:fill",
        "-abs(array.strides[axis])",
        "axis",
        NUMBERS,
    ),
    Fault(
        "randint: the largest one never comes",
        "random.integers:fill_integers",
        "count = last - low + 1",
        "count = last - low",
        NUMBERS,
    ),
    Fault(
        "randint: two words for every range",
        "random.integers:fill_integers",
        "wide=count >= WIDE_RANGE",
        "wide=True",
        NUMBERS,
    ),
    Fault(
        "randperm: never swaps with the last place",
        "random.permutation:swap",
        "np.uint64(order.size - place)",
        "np.uint64(max(order.size - place - 1, 1))",
        NUMBERS,
    ),
    Fault(
        "randperm: draws once more",
        "random.permutation:shuffled",
        "return order",
        "stream.draw(swap, np.arange(2))\n    return order",
        NUMBERS,
    ),
    Fault(
        "normal_: sine and cosine are swapped",
        "random.normal:by_twos",
        "value, spare[SPARE] = radius * math.cos(angle), radius * math.sin(angle)",
        "spare[SPARE], value = radius * math.cos(angle), radius * math.sin(angle)",
        NUMBERS,
    ),
    Fault(
        "normal_: the second of two is thrown away",
        "random.normal:by_twos",
        "spare[KEPT] = 1",
        "spare[KEPT] = 0",
        NUMBERS,
    ),
    Fault(
        "kaiming_uniform_: the gain of ReLU is 2",
        "nn.init.fans:calculate_gain",
        "return math.sqrt(2.0)\n",
        "return 2.0\n",
        WEIGHTS,
    ),
    Fault(
        "kaiming_uniform_: the slope is not squared",
        "nn.init.fans:calculate_gain",
        "slope**2",
        "slope",
        WEIGHTS,
    ),
    Fault(
        "kaiming_uniform_: fan_out for fan_in",
        "nn.init.fans:_calculate_fan_in_and_fan_out",
        "inputs * size, outputs * size",
        "outputs * size, inputs * size",
        WEIGHTS,
    ),
    Fault(
        "kaiming_uniform_: the receptive field is left out",
        "nn.init.fans:_calculate_fan_in_and_fan_out",
        "math.prod(receptive_field)",
        "1",
        WEIGHTS,
    ),
    Fault(
        "Linear: the bound of weights is √3 / √fan_in",
        "nn.linear:Linear.reset_parameters",
        "math.sqrt(5)",
        "1",
        LINEAR,
    ),
    Fault(
        "Linear: the bias is drawn before the weight",
        "nn.linear:Linear.reset_parameters",
        "init.kaiming_uniform_(self.weight, a=math.sqrt(5))",
        "self.bias is None or init.uniform_(self.bias)\n"
        "        init.kaiming_uniform_(self.weight, a=math.sqrt(5))",
        LINEAR,
    ),
    Fault(
        "Linear: biases start at 0",
        "nn.linear:Linear.reset_parameters",
        "-bound, bound)",
        "0.0, 0.0)",
        LINEAR,
    ),
    Fault(
        "DataLoader: no seed is drawn for workers",
        "utils.data.dataloader:DataLoader._begin",
        "draw_seed(self.generator)",
        "pass",
        LOADER,
    ),
    Fault(
        "DataLoader: the last batch is dropped",
        "utils.data.sampler:BatchSampler.__iter__",
        "or not self.drop_last",
        "",
        LOADER,
    ),
    Fault(
        "DataLoader: rows are in order within each batch",
        "utils.data.dataloader:DataLoader._load",
        "return [each[rows] for",
        "return [each[np.sort(rows)] for",
        LOADER,
    ),
    Fault(
        "DataLoader: every epoch has the first one's order",
        "utils.data.sampler:RandomSampler.__iter__",
        "Generator().manual_seed(draw_seed(None))",
        "Generator().manual_seed(draw_seed(None) * 0 + 5)",
        LOADER,
    ),
    Fault(
        "DataLoader: the generator that is given is not used",
        "utils.data.sampler:RandomSampler.__iter__",
        'chosen(self.generator, "RandomSampler")',
        "Generator().manual_seed(8)",
        LOADER,
    ),
    Fault(
        "RandomSampler: an index comes at most once",
        "utils.data.sampler:RandomSampler.__iter__",
        "generator.random(indices, 0, size)",
        "indices[:] = generator.permutation(size)[:count]",
        SAMPLERS,
    ),
    Fault(
        "WeightedRandomSampler: the weights' order is reversed",
        "random.weighted:_looked_up",
        "np.cumsum(weights)",
        "np.cumsum(weights[::-1])",
        SAMPLERS,
    ),
    Fault(
        "SubsetRandomSampler: places instead of what stands there",
        "utils.data.sampler:SubsetRandomSampler.__iter__",
        "self.indices[place]",
        "place",
        SAMPLERS,
    ),
]
