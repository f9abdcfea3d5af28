"""From a briefing to the bytes of a file: a module a kind of file."""
