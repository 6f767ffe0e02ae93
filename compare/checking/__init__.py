"""Other people's operations, held against PyTorch: `compare.check`."""
