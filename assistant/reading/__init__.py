"""(question, passage) -> the sentence and words that answer; (source, claim) -> support: what judges by reading."""
