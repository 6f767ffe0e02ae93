"""What can minigrad's own operations be given, and what holds? One file for each of `ops`."""
