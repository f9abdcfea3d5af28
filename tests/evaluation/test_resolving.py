"""Quotes are found exactly where they stand, and a wrong one is told what is near."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.cases import Evidence, GoldenCase, Place, Quote
from assistant.evaluation.checking import check_cases
from assistant.evaluation.resolving import nearest, occurrences, resolve
from assistant.types import Document, Source, Span

TEXT = "China declined.\nBeijing asked for the\nsanctions to be lifted. China declined again, in 2023."
HERE = Place(Path("x.golden.yaml"), 7)


def document(text: str = TEXT, path: str = "a/b.md") -> Document:
    return Document(Source(f"id-{path}", path, "Title", "text/markdown", "hash"), text, path)


def case(*quotes: tuple[str, str]) -> GoldenCase:
    evidence = tuple(Evidence((Quote(path, text, HERE),)) for path, text in quotes)
    return GoldenCase("a", "Why?", Path(), HERE, relevant=evidence)


def test_white_space_counts_as_one_space() -> None:
    (span,) = occurrences("asked for  the sanctions", TEXT)
    assert span.of(TEXT) == "asked for the\nsanctions"


def test_every_place_of_a_quote_is_found() -> None:
    assert [span.start for span in occurrences("China declined", TEXT)] == [0, TEXT.rindex("China")]


def test_places_that_overlap_are_all_found() -> None:
    assert occurrences("a a", "a a\na") == [Span(0, 3), Span(2, 5)]


def test_a_quote_is_whole_words() -> None:
    assert occurrences("anctions", TEXT) == []
    assert occurrences("decline", TEXT) == []
    assert occurrences("declined.", TEXT) == [Span(6, 15)]


def test_an_empty_quote_is_nowhere() -> None:
    assert occurrences(" \n", TEXT) == []


@given(st.text(alphabet="ab .(\n", max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_what_is_cut_out_at_white_space_is_found_where_it_was(text: str, start: int, length: int) -> None:
    padded = f" {text} "
    start = padded.find(" ", start % len(padded))
    end = padded.find(" ", start + length)
    quote = padded[start:end] if end > start >= 0 else ""
    if quote.split():
        inner = Span(start + len(quote) - len(quote.lstrip()), start + len(quote.rstrip()))
        found = occurrences(quote, padded)
        assert inner in found
        assert all(span.of(padded).split() == quote.split() for span in found)


def test_spans_know_their_evidence_and_the_words_at_their_place() -> None:
    held = document()
    resolution = resolve(case(("a/b.md", "in 2023"), ("a/b.md", "China declined")), {"a/b.md": held})
    assert [(span.evidence, span.quote) for span in resolution.spans] == [
        (0, "in 2023"),
        (1, "China declined"),
        (1, "China declined"),
    ]
    assert all(span.span.of(TEXT) == span.quote for span in resolution.spans)
    assert resolution.unresolved == ()


def test_a_quote_that_is_not_there_is_told_the_nearest_sentence() -> None:
    findings = check_cases([case(("a/b.md", "China declined again in 2022"))], {"a/b.md": document()})
    (finding,) = findings
    assert str(finding.place) == "x.golden.yaml:7"
    assert "nearest there: 'China declined again, in 2023.'" in finding.message


def test_a_document_that_is_not_there_is_told_a_near_name() -> None:
    (finding,) = check_cases([case(("a/c.md", "x"))], {path: document(path=path) for path in ("a/b.md", "zzz.pdf")})
    assert "did you mean 'a/b.md'?" in finding.message


def test_nothing_is_near_words_unlike_all_others() -> None:
    assert nearest("qqqq wwww", TEXT) is None


def test_a_name_is_found_however_its_letters_are_composed() -> None:
    decomposed = "Re\u0301sume\u0301.md"  # as macOS writes it
    found = resolve(case(("R\u00e9sum\u00e9.md", "China declined again")), {decomposed: document(path=decomposed)})
    assert [span.path for span in found.spans] == [decomposed]
