from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.memos.memo import TOKEN
from assistant.ui.memo_preview import Notes, preview
from tests.memos.made import reference
from tests.ui.payloads import PAYLOADS
from tests.ui.tags import ALLOWED, Tags

WRITTEN = ALLOWED | {"h4", "h5", "h6", "em", "br", "hr", "blockquote"}


class Written(Tags):
    """What a preview may hold: the elements of Markdown too."""

    allowed = WRITTEN


def _notes(*tokens: str) -> Notes:
    known = {token: reference(token, start=number) for number, token in enumerate(tokens)}
    return Notes(known, {token: number for number, token in enumerate(tokens, start=1)})


def _words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_token_becomes_the_chip_of_its_words() -> None:
    shown = Written(preview("Ships wait.[^c1] So do *trains*[^c7].", _notes("c1", "c7")))
    assert [(one["data-token"], one["data-start"], one["data-end"]) for one in shown.buttons] == [
        ("c1", "0", "11"),
        ("c7", "1", "12"),
    ]
    assert [one["data-do"] for one in shown.buttons] == ["cite", "cite"]
    assert shown.buttons[1]["aria-label"] == "Citation 2: About a.md"
    assert shown.text.strip() == "Ships wait.1 So do trains2."


def test_the_chips_behind_a_word_stay_on_its_line_unless_it_is_long() -> None:
    shown = preview("He said “wait”.[^c1][^c2] Go.", _notes("c1", "c2"))
    (together,) = re.findall(r'<span class="together">(.*?)</span>', shown)
    assert _words(together) == "“wait”.12"
    assert "together" not in preview(f"{'a' * 40}[^c1] {'b' * 40} c", _notes("c1"))


def test_a_token_that_stands_for_nothing_is_shown_as_it_is() -> None:
    shown = preview("Ships wait.[^c9]", _notes("c1"))
    assert '<span class="unknown"' in shown
    assert _words(shown).strip() == "Ships wait.[^c9]"


def test_what_no_briefing_says_is_marked() -> None:
    for gap in ("No briefing says: why?", "The briefings don't clearly say: why?"):
        assert f'<p class="gap">{gap}</p>' in preview(f"Ships wait.\n\n{gap}", _notes())


def test_markdown_is_shown_as_exports_show_it() -> None:
    shown = preview(
        "# Head\n\n- a *b*\n  - `c`\n\n1. one\n\n| x | y |\n|---|---|\n| 1[^c1] | 2 |\n\n> said", _notes("c1")
    )
    for part in ("<h4>Head</h4>", "<em>b</em>", "<code>c</code>", "<ol>", "<td>2</td>", "<blockquote>"):
        assert part in shown
    assert '<td><span class="together">1<button' in shown


def test_what_drafts_escape_reads_as_it_was_said() -> None:
    assert _words(preview(r"\[sic\] 5\*3 \<b> 1\. \- &amp; \_x\_", _notes())).strip() == "[sic] 5*3 <b> 1. - & _x_"


@pytest.mark.parametrize("payload", [*PAYLOADS, "[x](javascript:alert(1))", "[^c1]: javascript:alert(1)"])
@pytest.mark.parametrize("form", ["{}", "a [^c1] {} b", "[x]({})", "![{}](x)", "# {}", "| a |\n|---|\n| {} |", "`{}`"])
def test_nothing_of_a_section_becomes_an_element_of_its_own(payload: str, form: str) -> None:
    shown = preview(form.format(payload), _notes("c1"))
    Written(shown)
    assert not re.search(r"<[^>]*\s(?:href|src|on\w+)=", re.sub(r'"[^"]*"', '""', shown))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(1, 3))
def test_any_text_is_shown_by_known_elements_alone(text: str, number: int) -> None:
    Written(preview(f"{text}[^c{number}]\n{text}", _notes("c1", "c2")))


@given(st.lists(st.sampled_from(["c1", "c2", "c3"]), min_size=1, max_size=6))
def test_each_token_between_words_has_one_chip(tokens: list[str]) -> None:
    text = " ".join(f"word{number}[^{token}]" for number, token in enumerate(tokens))
    shown = Written(preview(text, _notes("c1", "c2", "c3")))
    assert [one["data-token"] for one in shown.buttons] == TOKEN.findall(text) == tokens
