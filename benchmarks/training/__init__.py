"""Trains the reading model: `prepare` makes examples from public data, `train` fits the weights that are shipped."""
