"""Word, PowerPoint and Excel files, and tables of values: one module a format, and what they share."""
