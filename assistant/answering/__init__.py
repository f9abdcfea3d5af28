"""A question and passages -> a cited answer or an abstention. A new answerer is a file here and a line in `wiring.py`."""
