"""Texts -> vectors. A model is named in the settings; a new library is a new file here and a line in `wiring.py`."""
