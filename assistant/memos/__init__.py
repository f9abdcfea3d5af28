"""Answers of the briefings become a memo, the memo a file, and an edited file is checked again."""
