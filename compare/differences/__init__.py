"""Where PyTorch disagrees with itself or with the mathematics: short programs that show it."""
