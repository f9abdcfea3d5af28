"""Markdown: its blocks, what stands within a line, and its footnotes; `reader.read`."""
