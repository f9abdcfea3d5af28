"""Documents, chunks, words and vectors on disk; see `briefing_index.BriefingIndex`."""
