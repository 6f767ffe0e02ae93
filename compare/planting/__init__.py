"""Can the comparison fail? Faults planted in minigrad, one at a time, which it has to find."""
