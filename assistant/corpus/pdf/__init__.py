"""PDF files: lines from the places of characters, what is seen of them, tables, running heads; `reader.read`."""
