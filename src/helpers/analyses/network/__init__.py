"""Who trains with whom: the two-mode graph and co-attendance."""
