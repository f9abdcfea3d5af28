"""An edited memo is checked against the briefings of today: read, judged, told, and given back with comments."""
