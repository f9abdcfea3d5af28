"""A conversation -> a question that stands alone."""
