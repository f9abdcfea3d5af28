"""Numbers that are written as words."""

from __future__ import annotations

SMALL = tuple(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
)
"""The words for 0 to 19, in order."""
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())
"""The words for 20, 30 and so on to 90, in order."""
VALUES = dict(zip(SMALL, range(20), strict=True)) | dict(zip(TENS, range(20, 100, 10), strict=True))
"""What each word of SMALL and TENS stands for."""
ORDINALS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        start=1,
    )
}
"""What the words "first" to "twentieth" stand for."""
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""The words that multiply a number before them, with what they multiply it by."""
MORE_THAN_ONE = "|".join((*SMALL[2:], *TENS))
"""A regular expression, without borders, for each of the words for 2 to 90."""
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
"""The words for one part of so many ("a third", "two fifths")."""


def counted(number: int, noun: str) -> str:
    """A number of things: "1 document", "1,200 documents"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
