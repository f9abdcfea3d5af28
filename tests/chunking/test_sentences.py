from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chunking.sentences import SentenceChunker
from assistant.embedding.hashing import HashingEmbedder
from assistant.embedding.transformer import TransformerEmbedder
from assistant.errors import SettingsError
from assistant.types import Document, Heading, Page, Source, Span


def document(text: str, *, headings: tuple[Heading, ...] = (), pages: tuple[Page, ...] = ()) -> Document:
    source = Source("d1", "d.md", "A title", "text/markdown", "hash")
    return Document(source, text, "d.md", headings, pages)


def chunker(max_tokens: int = 64) -> SentenceChunker:
    return SentenceChunker(HashingEmbedder().count_tokens, max_tokens=max_tokens)


def test_a_heading_inside_a_chunk_does_not_widen_it() -> None:
    """The head that is put before a chunk is that of its first sentence, however short a later one's would be."""
    names = [
        "Programme of the Northern Coastal States " * 2,
        "Arrangements for the Monitoring Component",
        "Vessels",
        "Annex",
    ]
    parts = [*names[:2], "The four states agreed on it in Bergen.", names[2], "None.", names[3]]
    text, headings = "", []
    for part in parts:
        if part in names:
            level = (1, 2, 3, 1)[names.index(part)]
            headings.append(Heading(level, Span(len(text), len(text) + len(part))))
        text += f"{part}\n\n"
    text += " ".join(["The ban ends in May."] * 40)
    cut, whole = chunker(64), document(text, headings=tuple(headings))
    counted = HashingEmbedder().count_tokens([cut.embedded_text(whole, chunk) for chunk in cut.chunk(whole)])
    assert max(counted) <= 64


TEXTS = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300),
        st.sampled_from(
            ["One sentence. And another one.", "- a list item", "Year: 2019 | Host: Singapore", "", "x" * 900]
        ),
    ),
    max_size=25,
).map("\n".join)


@given(TEXTS)
@settings(deadline=None)
def test_each_chunk_is_its_span_and_every_printed_character_lies_in_exactly_one(text: str) -> None:
    chunks = chunker().chunk(document(text))
    covered = [0] * len(text)
    for chunk in chunks:
        assert chunk.span.of(text) == chunk.text
        for sentence in chunk.sentences:
            assert chunk.span.contains(sentence)
            for position in range(sentence.start, sentence.end):
                covered[position] += 1
    for character, count in zip(text, covered, strict=True):
        assert count == 1 or (count == 0 and character.isspace()) or (count == 1 and character.isspace())


@given(TEXTS)
@settings(deadline=None)
def test_no_embedded_text_is_longer_than_the_model_reads(text: str) -> None:
    embedder = HashingEmbedder()
    cut = chunker(40)
    whole = document(text)
    assert all(count <= 40 for count in embedder.count_tokens([cut.embedded_text(whole, c) for c in cut.chunk(whole)]))


def test_the_real_tokenizer_never_counts_more_than_it_reads() -> None:
    embedder = TransformerEmbedder()
    cut = SentenceChunker(embedder.count_tokens, max_tokens=embedder.max_tokens)
    text = "\n\n".join(
        [
            "The Pentagon said on Monday that China declined. " * 60,
            "no-spaces-at-all" * 400,
            "中国国防部长拒绝会见美国国防部长。" * 120,
            " | ".join(f"Year: {year} | Tonnes: {year * 3.7:.1f}" for year in range(1900, 2000)),
        ]
    )
    whole = document(text)
    chunks = cut.chunk(whole)
    assert max(embedder.count_tokens([cut.embedded_text(whole, chunk) for chunk in chunks])) <= embedder.max_tokens
    assert "".join("".join(chunk.text.split()) for chunk in chunks) == "".join(text.split())


def test_a_chunk_carries_the_headings_above_it_and_the_page_it_starts_on() -> None:
    text = "Top\n\n" + "First words here. " * 20 + "\n\nInner\n\nLast words."
    inner = text.index("Inner")
    headings = (Heading(1, Span(0, 3)), Heading(2, Span(inner, inner + 5)))
    pages = (Page(1, "i", Span(0, inner)), Page(2, "1", Span(inner, len(text))))
    chunks = chunker().chunk(document(text, headings=headings, pages=pages))
    assert chunks[0].headings == ("Top",)
    assert chunks[-1].headings == ("Top", "Inner")
    assert (chunks[0].page_label, chunks[-1].page_label, chunks[-1].page_index) == ("i", "1", 2)


@given(seed=st.integers(0, 10_000))
def test_a_quote_is_located_by_its_own_place_and_not_by_that_of_its_chunk(seed: int) -> None:
    chance = random.Random(seed)
    text, start = "", 0
    headings: list[Heading] = []
    pages: list[Page] = []
    for number in range(chance.randint(1, 30)):
        if chance.random() < 0.3:
            headings.append(Heading(chance.randint(1, 3), Span(len(text), len(text) + len(f"Head {number}"))))
            text += f"Head {number}\n\n"
        text += f"Sentence {number} says so. "
        if chance.random() < 0.3:
            pages.append(Page(len(pages) + 1, f"p{number}", Span(start, len(text))))
            start = len(text)
    pages.append(Page(len(pages) + 1, "last", Span(start, len(text) + 1)))
    for chunk in chunker().chunk(document(text, headings=tuple(headings), pages=tuple(pages))):
        for sentence in chunk.sentences:
            at = chunk.locator(sentence)
            (page,) = [page for page in pages if page.span.start <= sentence.start < page.span.end]
            assert (at.page_index, at.page_label) == (page.index, page.label)
            nearest = [heading for heading in headings if heading.span.start <= sentence.start]
            assert at.headings[-1:] == tuple(heading.span.of(text) for heading in nearest[-1:])


def test_an_edit_changes_only_the_ids_of_chunks_it_touches() -> None:
    lines = [f"Sentence number {number} says something about grain and ships." for number in range(40)]
    before = {chunk.id for chunk in chunker().chunk(document("\n\n".join(lines)))}
    after = {chunk.id for chunk in chunker().chunk(document("\n\n".join([*lines, "A new end."])))}
    assert len(before - after) <= 1


def test_repeated_text_has_distinct_ids_and_exact_offsets() -> None:
    text = "\n\n".join(["The same sentence again and again, word for word, as briefings do."] * 60)
    chunks = chunker().chunk(document(text))
    assert len({chunk.id for chunk in chunks}) == len(chunks) > 5
    assert [chunk.span.start for chunk in chunks] == sorted({chunk.span.start for chunk in chunks})


def test_a_model_that_reads_almost_nothing_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 16 tokens"):
        chunker(8)
