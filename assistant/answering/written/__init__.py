"""Passages -> an answer that a language model writes, of which only what they bear out is shown."""
