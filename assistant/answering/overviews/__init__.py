"""Passages -> an overview or a timeline of a topic."""
