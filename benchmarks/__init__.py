"""Scripts that anyone can run; their last results lie in `results/` as JSON."""
