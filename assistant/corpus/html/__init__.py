"""Web pages, and HTML within other formats: what is seen of it, its date and its tables; `reader.read`."""
