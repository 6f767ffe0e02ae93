"""Does minigrad do what PyTorch does with the inputs by which PyTorch tests itself?

PyTorch keeps, for its own tests, inputs of each function, module and optimiser, and inputs that
each has to refuse (`torch.testing._internal`: OpInfo, ModuleInfo, OptimizerInfo).
"""
