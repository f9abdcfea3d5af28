"""A question and passages -> a cited answer or an abstention. An answerer is a file here and a line in `wiring.py`."""
