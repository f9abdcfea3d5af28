from __future__ import annotations

from unicodedata import normalize

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.memos.markdown import escaped, memo_as_markdown
from assistant.memos.memo import Memo, Section
from assistant.memos.numbering import notes
from assistant.memos.pandoc import children, read_text, text_of
from tests.memos.made import reference

AWKWARD = st.text(st.sampled_from("ab1.)(-+#>*_`[]^!<&;:|~=\\\"' “”$@{}") | st.characters(codec="utf-8"), max_size=30)


@given(AWKWARD)
@settings(max_examples=100, deadline=None)
@example("1. not a list")
@example("[^1]: not a note")
@example("~~~ not a fence")
@example("&amp; &#35; <b> ![x](y) | a | b |")
@example("\U0002f800")
def test_any_line_reads_as_it_was_whatever_is_in_it(text: str) -> None:
    wanted = normalize("NFC", " ".join(text.split()))  # as canonical text is, and as Pandoc writes
    blocks = list(children(read_text(escaped(text))["blocks"]))
    assert [block["t"] for block in blocks] == (["Para"] if wanted else [])
    assert " ".join("".join(text_of(block) for block in blocks).split()) == wanted


def test_a_pipe_in_a_title_does_not_end_its_cell() -> None:
    memo = Memo("T", "t", "x", (Section("H", "?", "Said.[^c1] Lost.[^c7]", (reference(path="a|b*c*.md"),)),))
    text = memo_as_markdown(memo, ["note"])
    (table,) = [block for block in children(read_text(text)["blocks"]) if block["t"] == "Table"]
    assert "About a|b*c*.md" in text_of(table)
    assert text_of(table).count("a|b*c*.md") == 2
    assert "Said.[^1] Lost.[^c7]" in text
    assert len(notes(memo)) == 1
