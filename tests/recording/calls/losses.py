"""Losses and normalisation, as functions."""

PAIRS = [
    lambda f, o: f(o.x, o.z), lambda f, o: f(o.x, o.chances, reduction="sum"),
    lambda f, o: f(o.x, o.z, reduction="none"),
]  # fmt: skip

CALLS = {
    **dict.fromkeys(["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"], PAIRS),
    "binary_cross_entropy": [
        lambda f, o: f(o.chances * o.weight.sigmoid(), o.chances),
        lambda f, o: f(o.chances * o.weight.sigmoid(), o.chances, o.chances, reduction="none"),
    ],
    "binary_cross_entropy_with_logits": [
        lambda f, o: f(o.x, o.chances),
        lambda f, o: f(o.x, o.chances, o.chances, reduction="sum", pos_weight=o.chances[0]),
    ],
    "cross_entropy": [
        lambda f, o: f(o.x, o.classes),
        lambda f, o: f(o.x, o.classes, o.chances[0], reduction="none"),
        lambda f, o: f(o.x, o.classes, ignore_index=1, label_smoothing=0.1),
        lambda f, o: f(o.x, o.chances),
    ],
    "kl_div": [
        lambda f, o: f(o.x, o.chances, reduction="sum"),
        lambda f, o: f(o.x, o.z, reduction="batchmean", log_target=True),
        lambda f, o: f(o.x, o.chances[0], reduction="none"),
    ],
    "normalize": [lambda f, o: f(o.x), lambda f, o: f(o.y, 1, 0)],
    "cosine_similarity": [lambda f, o: f(o.x, o.z), lambda f, o: f(o.x, o.y, dim=-1)],
    "one_hot": [lambda f, o: f(o.classes, 3) * o.x, lambda f, o: f(o.places, 4)],
    "nll_loss": [
        lambda f, o: f(o.x, o.classes), lambda f, o: f(o.x, o.classes, o.chances[0]),
        lambda f, o: f(o.x, o.classes, ignore_index=2, reduction="none"),
    ],
    "layer_norm": [
        lambda f, o: f(o.x, (3,)), lambda f, o: f(o.x, (3,), o.y[0], o.y[0]),
        lambda f, o: f(o.x, o.x.shape, o.y, None),
    ],
    "batch_norm": [
        lambda f, o: f(o.x, None, None, o.y, o.y, training=True),
        lambda f, o: f(o.x, o.zeros, o.chances[0], training=True),
        lambda f, o: f(o.x, o.zeros, o.chances[0], o.y),
    ],
}  # fmt: skip
