"""Memos of written answers: several sentences a line, lists, doubts, and sources that differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.embedding.hashing import HashingEmbedder
from assistant.memos.drafting import draft
from assistant.memos.export import export
from assistant.memos.memo import Memo
from assistant.memos.template import Asked, Template
from assistant.memos.verifying.checking import Verification, verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.reading.words_and_vectors import WordsAndVectors
from assistant.types import Verdict
from tests.memos.briefings import FILES
from tests.memos.edits import quote, sentence
from tests.ui.stage import stage
from tests.ui.writer import Contradiction, Draft, Sentence, Writer

QUESTION = "Who joined NATO?"
TEMPLATE = Template("test", "Note: {topic}", (Asked("Members", QUESTION),))
FINLAND = "Finland joined NATO on 4 April 2023."
EGYPT = "Egypt said that the Suez Canal lost 6 billion dollars in 2024."
SWEDEN = "Sweden joined NATO on 7 March 2024."
PARTLY = Verdict("partly", "dropped hedge", "the source is less certain")
WRITTEN = Draft(
    (
        Sentence("On 4 April 2023 **Finland** joined NATO.", "nato.html", FINLAND),
        Sentence("Sweden joined on 7 March 2024.", "nato.html", SWEDEN, verdict=PARTLY),
        Sentence("Sweden left NATO.", "nato.html", SWEDEN, verdict=Verdict("contradicted"), shown=False),
        Sentence("Sweden was a year later than Finland.", "nato.html", SWEDEN, joint="\n- "),
        Sentence("Transits of the Suez Canal fell by 42 percent in January 2024!", "canal/suez.txt", "Transits"),
    ),
    words="nato",
    contradiction=Contradiction(
        "the loss", (("canal/suez.txt", EGYPT, "6 billion"), ("nato.html", FINLAND, "4 April 2023"))
    ),
)


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("written")
    made = stage(folder, dict(FILES), answerer=lambda library: Writer(library, {QUESTION: WRITTEN}))
    yield made
    made.close()


@pytest.fixture(scope="module")
def memo(writing: Assistant) -> Memo:
    return list(draft(writing, "NATO", TEMPLATE))[-1].memo


def verified(path: Path, writing: Assistant) -> Verification:
    return verify(read_edited(path), writing.library.index.document, WordsAndVectors(HashingEmbedder()))


def test_each_sentence_keeps_its_line_its_marks_and_its_tokens_and_says_its_doubts(memo: Memo) -> None:
    assert memo.sections[0].text.split("\n\n") == [
        "On 4 April 2023 **Finland** joined NATO.[^c1] Sweden joined on 7 March 2024 (only partly supported).[^c2]",
        "- Sweden was a year later than Finland.[^c2] "
        "Transits of the Suez Canal fell by 42 percent in January 2024![^c3]",
        "Sources differ on the loss:",
        f"- {EGYPT}[^c4]\n- {FINLAND}[^c1]",
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_untouched_memo_is_in_order_and_edits_of_written_sentences_are_named(
    tmp_path: Path, writing: Assistant, memo: Memo, suffix: str
) -> None:
    path = tmp_path / f"memo{suffix}"
    export(memo, path)
    assert [finding.kind for finding in verified(path, writing).findings] == ["unchanged"] * 11
    sentence("On 4 April 2023", "On 9 April 2023")(path, {})
    quote("Sweden joined NATO", "Sweden left NATO")(path, {})
    found = [(fault.of, fault.kind) for fault in verified(path, writing).faults]
    assert found == [("sentence", "number or date changed"), ("footnote", "quote altered")]
