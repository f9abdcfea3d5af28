"""What all exports share: the memo as pandoc's tree, and the text of each footnote with its tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.memos.evidence import DIFFERING
from assistant.memos.markdown import SOURCES, memo_as_markdown
from assistant.memos.memo import Memo, Place, Reference
from assistant.memos.not_code import unused
from assistant.memos.numbering import notes
from assistant.memos.pandoc import Json, Tree, as_list, as_tree, children, harmless, read_text, replaced, text_of, words
from assistant.memos.sentences import Sentence, note_text, sentences
from assistant.memos.tag import Tag, digest, footnote_text, tag_of

Placed = Callable[[int, bool], list[Json]]
"""From a number, and whether this is its first place, to the nodes that stand there."""


_WIDTHS = (0.09, 0.3, 0.2, 0.16, 0.25)  # of the columns of the table of sources
_SPECIFIED = 2  # where a table of pandoc's tree says how its columns are
_BELOW = 2  # the headings of a section's text begin below those of the memo and the section
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Noted:
    """`references` are what the notes quote and `tags` their machine-readable ends, in order of their numbers.

    In `tree` each footnote holds nothing but its number.
    """

    tree: Tree
    references: tuple[Reference, ...]
    tags: tuple[Tag, ...]

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The texts of the notes, with their tags."""
        return tuple(map(footnote_text, self.references, self.tags))

    @property
    def title(self) -> list[Json]:
        """The words of the title, as inline nodes."""
        return as_list(as_list(as_tree(as_list(self.tree["blocks"])[0])["c"])[2])


def noted(memo: Memo) -> Noted:
    """Numbers the citations of a memo and notes in the tag of each under which sentences it stands.

    Only sentences as the program wrote them are noted. What a person changed before the export is in no tag, so that it
    is judged as what they change afterwards.
    """
    references = notes(memo)
    tree = _tree(memo, len(references))
    stood = _stood(references, tree)
    given = _as_given(memo)
    if given != memo:
        cited = notes(given)
        before = _stood(cited, _tree(given, len(cited)))
        bare = {known for each in before.values() for known in each.along}
        stood = {
            place: _Stood(
                [known for known in each.under if place in before and known in before[place].under],
                [known for known in each.along if known in bare],
            )
            for place, each in stood.items()
        }
    tags = [tag_of(each, stood[each.place].under, stood[each.place].along) for each in references]
    return Noted(tree, references, tuple(tags))


@dataclass(frozen=True, slots=True)
class _Stood:
    """The digests of what stands above a footnote, see `Tag`."""

    under: Sequence[str]
    along: Sequence[str]


def _as_given(memo: Memo) -> Memo:
    """The memo as it was before anybody edited the text of its sections."""
    return replace(
        memo,
        sections=tuple(
            section if section.given is None else replace(section, text=section.given) for section in memo.sections
        ),
    )


def _tree(memo: Memo, cited: int) -> Tree:
    """The memo as pandoc reads it; each of its footnotes, so many, holds its number."""
    numbered = [str(number) for number in range(1, cited + 1)]
    mark = unused(memo_as_markdown(memo, numbered))
    return _with_columns(_with_levels(harmless(read_text(memo_as_markdown(memo, numbered, mark=mark))), mark))


def _stood(references: Sequence[Reference], tree: Tree) -> Mapping[Place, _Stood]:
    """What stands above the footnote of each place that is cited."""
    under, along = _digests(sentences(tree))
    return {
        each.place: _Stood(under.get(str(number), ()), along.get(str(number), ()))
        for number, each in enumerate(references, start=1)
    }


def _with_levels(tree: Tree, mark: str) -> Tree:
    """The tree with the headings of a section's text below the section's own; the mark of the memo's own is gone."""

    def change(node: Tree) -> list[Json] | None:
        if node["t"] != "Header":
            return None
        level, attributes, said = as_list(node["c"])
        first, *others = as_list(said) or [None]
        if not text_of(first).startswith(mark):
            return [{"t": "Header", "c": [min(int(str(level)) + _BELOW, _DEEPEST), attributes, said]}]
        return [{"t": "Header", "c": [level, attributes, [*words(text_of(first).removeprefix(mark)), *others]]}]

    return as_tree(replaced(tree, change))


def _with_columns(tree: Tree) -> Tree:
    """The tree with columns of the table of sources that fit what is in them; all would have one width."""
    under = ""
    blocks: list[Json] = []
    for block in children(tree["blocks"]):
        under = text_of(block).strip() if block["t"] == "Header" else under
        content = as_list(block["c"]) if block["t"] == "Table" and under == SOURCES else []
        if len(content) > _SPECIFIED and len(as_list(content[_SPECIFIED])) == len(_WIDTHS):
            columns: list[Json] = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in _WIDTHS]
            block = {**block, "c": [*content[:_SPECIFIED], columns, *content[_SPECIFIED + 1 :]]}
        blocks.append(block)
    return {**tree, "blocks": blocks}


def _digests(found: Sequence[Sentence]) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """For each footnote the digests of the sentences above it, and of those before them that have none of their own.

    Those are of its paragraph; the line that says on what sources differ belongs to the quotes below it.
    """
    under: dict[str, dict[str, None]] = {}
    along: dict[str, dict[str, None]] = {}
    bare: list[str] = []
    begun = ""  # the first sentence of the paragraph that has no footnote yet
    for earlier, sentence in zip([None, *found], found, strict=False):
        if earlier is None or earlier.footnotes:
            bare, begun = [], sentence.text
        elif earlier.paragraph != sentence.paragraph:
            heads = begun.startswith(DIFFERING) and earlier.text.endswith(":")
            bare, begun = bare if heads else [], sentence.text
        if not sentence.footnotes:
            bare.append(digest(sentence.text))
        for number in sentence.footnotes:
            under.setdefault(number, {})[digest(sentence.text)] = None
            along.setdefault(number, {}).update(dict.fromkeys(bare))
    return {key: list(each) for key, each in under.items()}, {key: list(each) for key, each in along.items()}


def placed(found: Noted, nodes: Placed) -> Tree:
    """The tree with other nodes in the places of the footnotes. A note that is no number of theirs is left alone."""
    seen: set[int] = set()

    def change(node: Tree) -> list[Json] | None:
        said = note_text(node) if node["t"] == "Note" else ""
        if not said.isdecimal() or not 1 <= int(said) <= len(found.references):
            return None
        number = int(said)
        first = number not in seen
        seen.add(number)
        return nodes(number, first)

    return as_tree(replaced(found.tree, change))


def titled(tree: Tree, found: Noted) -> Tree:
    """The tree with its title as the document's title instead of a heading, and the headings a level up."""
    blocks = [_raised(block) for block in children(as_list(tree["blocks"])[1:])]
    return {**tree, "meta": {"title": {"t": "MetaInlines", "c": found.title}}, "blocks": blocks}


def _raised(block: Tree) -> Json:
    if block["t"] != "Header":
        return block
    level, *rest = as_list(block["c"])
    return {**block, "c": [max(int(str(level)) - 1, 1), *rest]}
