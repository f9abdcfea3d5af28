"""The page: an `Assistant` -> `gr.Blocks`, and the server that shows it."""
