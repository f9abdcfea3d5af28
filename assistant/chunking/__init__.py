"""Document -> chunks. A new method is a new file here and a line in `wiring.py`."""
