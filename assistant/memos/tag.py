"""The machine-readable end of a footnote: which characters of which document it quotes, and under what it stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote

from assistant.memos.memo import Reference
from assistant.types import Span

_TAG = re.compile(r"\[briefing:([^\[\]]+)\]")
_FIELDS = re.compile(
    r"(?P<path>[^#]+)#(?P<start>\d+)-(?P<end>\d+),document=(?P<document>[0-9a-f]{12}),quote=(?P<quote>[0-9a-f]{8})"
    r",under=(?P<under>[0-9a-f+]*),along=(?P<along>[0-9a-f+]*)"
)
_QUOTED = re.compile(r"[“\"](.*)[”\"]", re.DOTALL)
_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚ʼ", "'"),
        **dict.fromkeys("–—‑−", "-"),
        "…": "...",
        "\u00ad": "",
    }
)


@dataclass(frozen=True, slots=True)
class Tag:
    """`path` and `span` are those of the document and of the quote in it, as the index had them.

    `document` and `quote` are digests of the document's text and of the quote, `under` of the sentences that the
    footnote backs, `along` of those before them in the paragraph that were exported without a footnote of their own;
    of both only those that were exported as the program put them into the memo.
    """

    path: str
    span: Span
    document: str
    quote: str
    under: tuple[str, ...] = ()
    along: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{quote(self.path)}#{self.span.start}-{self.span.end}"
        digests = f"document={self.document},quote={self.quote}"
        return f"[briefing:{place},{digests},under={'+'.join(self.under)},along={'+'.join(self.along)}]"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote as it was read: its whole text, the words it quotes, and its tag; None where it has none."""

    text: str
    quote: str | None = None
    tag: Tag | None = None


def tag_of(reference: Reference, under: Sequence[str] = (), along: Sequence[str] = ()) -> Tag:
    """The tag of a reference; `under` and `along` are digests, see `Tag`."""
    source = reference.source
    return Tag(
        source.path, reference.span, source.content_hash[:12], digest(reference.quote), tuple(under), tuple(along)
    )


def footnote_text(reference: Reference, tag: Tag) -> str:
    """A footnote as `read_footnote` reads it: its words and the tag."""
    return f"{footnote_words(reference)} {tag}"


def footnote_words(reference: Reference) -> str:
    """A footnote for people: title, publisher, date, page and the quote."""
    source = reference.source
    issued = [source.publisher, source.date.isoformat() if source.date else None, reference.page]
    said = ", ".join(each for each in issued if each)
    title = source.title if source.title.endswith((".", "?", "!")) else f"{source.title}."
    head = f"{title} {said}." if said else title
    # Double quotation marks belong to the quote alone, so that its ends are found again.
    head = re.sub(r"[“”\"]", "'", head)
    return f"{head} “{reference.quote}”"


def read_footnote(text: str) -> Footnote:
    """The footnote in a text that `footnote_text` wrote and a person may have edited; what follows the tag is left."""
    found = _TAG.search(text)
    if found is None:
        return Footnote(text.strip())
    fields = _FIELDS.fullmatch("".join(found[1].split()))
    said = _QUOTED.search(text[: found.start()])
    tag = None
    if fields and int(fields["start"]) < int(fields["end"]):
        span = Span(int(fields["start"]), int(fields["end"]))
        under, along = (tuple(filter(None, fields[name].split("+"))) for name in ("under", "along"))
        tag = Tag(unquote(fields["path"]), span, fields["document"], fields["quote"], under, along)
    return Footnote(text[: found.end()].strip(), said[1].strip() if said else None, tag)


def digest(text: str) -> str:
    """Eight hexadecimal digits that stay the same when an editor changes only spaces, dashes or quotation marks."""
    return sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def plain(text: str) -> str:
    """A text with single spaces and with quotation marks, dashes and ellipses as they are typed."""
    typed = unicodedata.normalize("NFKC", text).translate(_TYPED)
    return " ".join(re.sub(r"-{2,}", "-", typed).split())
