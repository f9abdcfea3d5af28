"""Questions that take reading all rows of a table: the most, the second least, those over a number."""
