"""Passages -> where their sources differ on a number, a date or yes and no."""
