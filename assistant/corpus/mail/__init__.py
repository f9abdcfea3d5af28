"""Mails: their newest text, what it quotes, and the mails that it hands on; `reader.read`."""
