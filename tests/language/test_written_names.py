"""Whether a word stands as a name."""

from __future__ import annotations

import pytest

from assistant.language.written_names import stands_as_name


@pytest.mark.parametrize(
    ("name", "text", "stands"),
    [
        ("Links", "Minister Ada Links resigned.", True),
        ("Links", "The links between both are old.", False),
        ("Links", "Links between both are old. The links hold.", False),
        ("Links", "Links resigned.", True),
        ("Ada Links", "It was Ada\nLinks’s office.", True),
        ("Erdogan", "President Erdoğan spoke.", True),
        ("Houthi", "He met the Houthis.", True),
        ("Shangri La", "It was at the Shangri-La Dialogue.", True),
        ("WHO", "The WHO warned.", True),
        ("WHO", "Those who warned. Who warned?", False),
        ("Weller", "ANTON WELLER", True),
    ],
)
def test_a_name_stands_with_its_capitals(name: str, text: str, stands: bool) -> None:
    assert stands_as_name(name, text) is stands
