"""A query -> ranked passages: by vectors, by words, by both; by time; near-duplicates folded."""
