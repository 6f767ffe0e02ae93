"""Faults in random numbers, initial weights, and the order of data: other bits, other draws."""

from __future__ import annotations

from ..fault import Fault

NUMBERS, SAMPLERS = ("random_numbers",), ("samplers",)
WEIGHTS, LINEAR, LOADER = ("kaiming_uniform_",), ("linear_init",), ("data_loader",)

FAULTS = [
    Fault("generator: one draw late", "random.stream:Stream.start",
          "self._twister.seed(seed % WORD)",
          "self._twister.seed(seed % WORD)\n        self.words(1)", NUMBERS),  # fmt: skip
    Fault("generator: the seed's high bits count", "random.stream:Stream.start",
          "seed(seed % WORD)", "seed((seed ^ seed >> 32) % WORD)", NUMBERS),  # fmt: skip
    Fault("generator: the words of float64 are swapped", "random.stream:Stream.long_words",
          "high_low[:, 0] << np.uint64(32) | high_low[:, 1]",
          "high_low[:, 1] << np.uint64(32) | high_low[:, 0]", NUMBERS),  # fmt: skip
    Fault("rand: the high bits of a word, not the low ones", "random.stream:Stream.fractions",
          "self.words(count) & np.uint64(2**24 - 1)", "self.words(count) >> np.uint64(8)",
          NUMBERS),  # fmt: skip
    Fault("uniform_: rounded twice", "random.uniform:fill_uniform",
          "fused_multiply_add(stream.fractions(count, array.dtype), stop - start, start)",
          "stream.fractions(count, array.dtype) * (stop - start) + start", NUMBERS),  # fmt: skip
    Fault("uniform_: filled in the order of rows, not of memory", "random.filling:fill",
          "-abs(array.strides[axis])", "axis", NUMBERS),  # fmt: skip
    Fault("randint: the largest one never comes", "random.integers:fill_integers",
          "count = last - low + 1", "count = last - low", NUMBERS),  # fmt: skip
    Fault("randint: two words for every range", "random.integers:fill_integers",
          "stream.words if count < WIDE_RANGE else", "stream.long_words if True else",
          NUMBERS),  # fmt: skip
    Fault("randperm: never swaps with the last place", "random.permutation:shuffled",
          "% (n - steps)", "% np.maximum(n - steps - 1, 1)", NUMBERS),  # fmt: skip
    Fault("randperm: draws once more", "random.permutation:shuffled",
          "return np.array(order, np.int64)",
          "stream.words(1)\n    return np.array(order, np.int64)", NUMBERS),  # fmt: skip
    Fault("normal_: sine and cosine are swapped", "random.normal:_standard_pairs",
          "radius * math.cos(angle), radius * math.sin(angle)",
          "radius * math.sin(angle), radius * math.cos(angle)", NUMBERS),  # fmt: skip
    Fault("normal_: the second of two is thrown away", "random.normal:_standard_pairs",
          "values.pop() if len(values) > count else None",
          "values.pop() * 0 or None if len(values) > count else None", NUMBERS),  # fmt: skip
    Fault("kaiming_uniform_: the gain of ReLU is 2", "nn.init.fans:calculate_gain",
          "return math.sqrt(2.0)\n", "return 2.0\n", WEIGHTS),  # fmt: skip
    Fault("kaiming_uniform_: the slope is not squared", "nn.init.fans:calculate_gain",
          "slope**2", "slope", WEIGHTS),  # fmt: skip
    Fault("kaiming_uniform_: fan_out for fan_in", "nn.init.fans:_calculate_fan_in_and_fan_out",
          "inputs * size, outputs * size", "outputs * size, inputs * size", WEIGHTS),  # fmt: skip
    Fault("kaiming_uniform_: the receptive field is left out",
          "nn.init.fans:_calculate_fan_in_and_fan_out", "math.prod(receptive_field)", "1",
          WEIGHTS),  # fmt: skip
    Fault("Linear: the bound of weights is √3 / √fan_in", "nn.linear:Linear.reset_parameters",
          "math.sqrt(5)", "1", LINEAR),  # fmt: skip
    Fault("Linear: the bias is drawn before the weight", "nn.linear:Linear.reset_parameters",
          "init.kaiming_uniform_(self.weight, a=math.sqrt(5))",
          "self.bias is None or init.uniform_(self.bias)\n"
          "        init.kaiming_uniform_(self.weight, a=math.sqrt(5))", LINEAR),  # fmt: skip
    Fault("Linear: biases start at 0", "nn.linear:Linear.reset_parameters",
          "-bound, bound)", "0.0, 0.0)", LINEAR),  # fmt: skip
    Fault("DataLoader: no seed is drawn for workers", "utils.data.dataloader:DataLoader._begin",
          "draw_seed(self.generator)", "pass", LOADER),  # fmt: skip
    Fault("DataLoader: the last batch is dropped", "utils.data.sampler:BatchSampler.__iter__",
          "or not self.drop_last", "", LOADER),  # fmt: skip
    Fault("DataLoader: rows are in order within each batch",
          "utils.data.dataloader:DataLoader._load",
          "return [each[rows] for", "return [each[np.sort(rows)] for", LOADER),  # fmt: skip
    Fault("DataLoader: every epoch has the first one's order",
          "utils.data.sampler:RandomSampler.__iter__",
          "Generator().manual_seed(draw_seed(None))",
          "Generator().manual_seed(draw_seed(None) * 0 + 5)", LOADER),  # fmt: skip
    Fault("DataLoader: the generator that is given is not used",
          "utils.data.sampler:RandomSampler.__iter__",
          'chosen(self.generator, "RandomSampler")', "Generator().manual_seed(8)",
          LOADER),  # fmt: skip
    Fault("RandomSampler: an index comes at most once", "utils.data.sampler:RandomSampler.__iter__",
          "generator.random(indices, 0, size)",
          "indices[:] = generator.permutation(size)[:count]", SAMPLERS),  # fmt: skip
    Fault("WeightedRandomSampler: the weights' order is reversed",
          "utils.data.weighted:draw_weighted", "np.cumsum(weights)", "np.cumsum(weights[::-1])",
          SAMPLERS),  # fmt: skip
    Fault("SubsetRandomSampler: places instead of what stands there",
          "utils.data.sampler:SubsetRandomSampler.__iter__", "self.indices[place]", "place",
          SAMPLERS),  # fmt: skip
]
