"""What is compared: each file yields rows of one kind."""
