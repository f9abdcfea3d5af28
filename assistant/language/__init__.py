"""Plain facts about English text that several rooms need: sentences, words and stems, dates."""
