"""The mathematics of each operation and of its gradient, in longdouble, by formula."""
