from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.canonical import CanonicalText
from assistant.corpus.loading import documents_of
from assistant.corpus.mail.quotes import add_mail_text
from assistant.types import Document


def mail(subject: str = "Talks — declined", body: str = "China declined.\n") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Ärztin Example <analyst@example.org>"
    message["To"] = "desk@example.org"
    message["Date"] = "Wed, 31 May 2023 09:00:00 +0000"
    message["Subject"] = subject
    message.set_content(body)
    return message


def saved(tmp_path: Path, message: Message) -> Path:
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    return path


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_is_read_with_its_head(tmp_path: Path, encoding: str) -> None:
    message = mail()
    message.set_content(
        "Müller said “no” to a meeting.\n\n> He asked why.\n>> Deep.\nBecause.\n", charset="utf-8", cte=encoding
    )
    (document,) = documents_of(saved(tmp_path, message), "x/a.eml")
    assert document.text == (
        "Talks — declined\n\nFrom: Ärztin Example <analyst@example.org>\nTo: desk@example.org\n"
        "Date: Wed, 31 May 2023 09:00:00 +0000\n\nMüller said “no” to a meeting.\n\n"
        "Quoted text\n\nHe asked why.\n\nQuoted text\n\nDeep.\n\nFrom: Ärztin Example <analyst@example.org>\n\nBecause."
    )
    assert document.source.title == "Talks — declined"
    assert document.source.date == date(2023, 5, 31)
    assert document.source.author == "Ärztin Example <analyst@example.org>"


def test_attachments_become_documents_of_their_own(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"Year,Host\n2019,Singapore\n", maintype="text", subtype="csv", filename="../../hosts.csv")
    message.add_attachment(b"Year,Host\n2020,none\n", maintype="text", subtype="csv", filename="hosts.csv")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(b"junk", maintype="application", subtype="pdf", filename="junk.pdf")
    documents = documents_of(saved(tmp_path, message), "x/a.eml")
    assert [document.source.path for document in documents] == [
        "x/a.eml",
        "x/a.eml/hosts.csv",
        "x/a.eml/hosts (2).csv",
    ]
    assert {document.file for document in documents} == {"x/a.eml"}
    assert len({document.id for document in documents}) == 3
    assert documents[1].text == "Year: 2019 | Host: Singapore"
    assert documents[1].source.date == date(2023, 5, 31)
    said = " ".join(documents[0].warnings)
    assert "photo.png" in said
    assert "junk.pdf" in said


def test_html_is_read_only_where_there_is_no_plain_text(tmp_path: Path) -> None:
    both = mail()
    both.add_alternative("<p>As <b>HTML</b>.<p hidden>x", subtype="html")
    assert documents_of(saved(tmp_path, both), "a.eml")[0].text.endswith("China declined.")
    only = mail()
    only.set_content("<p>As <b>HTML</b>.<p hidden>x", subtype="html")
    (document,) = documents_of(saved(tmp_path, only), "a.eml")
    assert document.text.endswith("\n\nAs HTML.")
    assert document.warnings == ("1 hidden element was left out",)


def _mixed(*parts: MIMEBase) -> MIMEMultipart:
    message = MIMEMultipart("mixed")
    message["From"] = "analyst@example.org"
    message["Subject"] = "Talks"
    for part in parts:
        message.attach(part)
    return message


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (
            [MIMEText("<p>The talks failed.</p>", "html"), MIMEText("Briefings list")],
            "The talks failed.\n\nBriefings list",
        ),
        ([MIMEText("See this:"), MIMEText("The embargo ends.")], "See this:\n\nThe embargo ends."),
        ([MIMEText("<p>One.</p>", "html"), MIMEText("<p>Two.</p>", "html")], "One.\n\nTwo."),
    ],
)
def test_texts_that_follow_one_another_are_all_read(tmp_path: Path, parts: list[MIMEText], text: str) -> None:
    (document,) = documents_of(saved(tmp_path, _mixed(*parts)), "a.eml")
    assert document.text.endswith(f"analyst@example.org\n\n{text}")


def test_the_html_of_an_alternative_is_left_out_with_its_pictures(tmp_path: Path) -> None:
    related = MIMEMultipart("related")
    related.attach(MIMEText("<p>As HTML.</p>", "html"))
    related.attach(MIMEImage(b"\x89PNG", "png"))
    both = MIMEMultipart("alternative")
    both.attach(MIMEText("The talks failed."))
    both.attach(related)
    (document,) = documents_of(saved(tmp_path, _mixed(both, MIMEText("Briefings list"))), "a.eml")
    assert document.text.endswith("\n\nThe talks failed.\n\nBriefings list")
    assert document.warnings == ()


def test_an_empty_plain_text_gives_way_to_the_html_beside_it(tmp_path: Path) -> None:
    both = MIMEMultipart("alternative")
    both.attach(MIMEText(" \n"))
    both.attach(MIMEText("<p>As HTML.</p>", "html"))
    (document,) = documents_of(saved(tmp_path, _mixed(both)), "a.eml")
    assert document.text.endswith("\n\nAs HTML.")


def test_a_file_without_a_name_is_told_of(tmp_path: Path) -> None:
    table = MIMEText("Year,Host\n2019,Singapore\n", "csv")
    documents = documents_of(
        saved(tmp_path, _mixed(MIMEText("Enclosed."), table, MIMEImage(b"\x89PNG", "png"))), "a.eml"
    )
    assert [document.source.path for document in documents] == ["a.eml", "a.eml/part.csv"]
    assert "part.png" in " ".join(documents[0].warnings)


def test_a_forwarded_mail_is_a_document_with_its_own_date(tmp_path: Path) -> None:
    outer = mail("Fwd: talks")
    inner = mail("Talks", "The inner text.\n")
    inner.replace_header("Date", "Thu, 01 Jun 2023 09:00:00 +0000")
    outer.add_attachment(inner)
    documents = documents_of(saved(tmp_path, outer), "a.eml")
    assert [document.source.path for document in documents] == ["a.eml", "a.eml/Talks.eml"]
    assert documents[1].source.date == date(2023, 6, 1)


def test_an_unknown_charset_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@example.org\nSubject: =?x-nope?Q?T=E9st?=\nContent-Type: text/plain; charset=x-unknown\n\n"
        b"d\xe9j\xe0 vu\n"
    )
    (document,) = documents_of(path, "a.eml")
    assert document.text.endswith("déjà vu")
    assert document.warnings


@pytest.mark.parametrize(
    "head",
    [
        b"From: a\nDate: not a date\nSubject: x\n",
        b"From: =?utf-8?B?!!!?=\nTo: <<<>>>,,;\nDate: Wed, 99 May 2023\n",
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n",
        b'From: a\nContent-Type: text/plain; charset="\n\n',
        b"Subject: " + b"a" * 5000 + b"\nFrom: x\n",
    ],
)
def test_broken_heads_do_not_cost_the_text(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(head + b"\nThe text.\n")
    assert documents_of(path, "a.eml")[0].text


def sections(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """The headings below the subject, each with the text under it, of a mail and of those that it quotes."""
    found = []
    for document in documents:
        headings = [heading for heading in document.headings if heading.level == 2]
        ends = [*(heading.span.start for heading in headings[1:]), len(document.text)][: len(headings)]
        for heading, end in zip(headings, ends, strict=True):
            found.append((heading.span.of(document.text), document.text[heading.span.end : end].strip()))
    return found


ME = "From: Ärztin Example <analyst@example.org>"
QUOTES = {
    "with marks": (
        "No, it was 1.65 billion.\n\nOn Thu, 8 Feb 2024 at 09:15, Jane Doe wrote:\n> Was it 1.44 billion,\n> as they "
        "say?\n>\n> On Wed, 7 Feb 2024 at 18:03, John Roe wrote:\n>> The floor is 52 million.\n",
        [
            ("On Thu, 8 Feb 2024 at 09:15, Jane Doe wrote:", "Was it 1.44 billion, as they say?"),
            ("On Wed, 7 Feb 2024 at 18:03, John Roe wrote:", "The floor is 52 million."),
        ],
    ),
    "with an introduction of two lines": (
        "No.\n\nOn Thu, 8 Feb 2024 at 09:15, Jane Doe from the Energy Desk\n<jane@example.org> wrote:\n\n> Was it?\n",
        [("On Thu, 8 Feb 2024 at 09:15, Jane Doe from the Energy Desk <jane@example.org> wrote:", "Was it?")],
    ),
    "with answers in between": (
        "Jane Doe wrote:\n> Was it 1.44 billion?\n\nNo.\n\n> And when?\n\nIn May.\n",
        [
            ("Jane Doe wrote:", "Was it 1.44 billion?"),
            (ME, "No."),
            ("Jane Doe wrote:", "And when?"),
            (ME, "In May."),
        ],
    ),
    "back from deeper": (
        "Yes.\n\nJane Doe wrote:\n> John Roe wrote:\n>> It rose.\n>\n> Did it?\n",
        [("Jane Doe wrote:", ""), ("John Roe wrote:", "It rose."), ("Jane Doe wrote:", "Did it?")],
    ),
    "without a name": ("See below.\n\n> It rose.\n> It fell.\n", [("Quoted text", "It rose. It fell.")]),
    "below a rule": (
        "See below.\n\n-----Original Message-----\nFrom: Jane Doe\nSent: 3 May 2024 10:00\nTo: John Roe\nSubject: "
        "Cost\n\nIt rose.\n\n________________________________\nFrom: John Roe\nSent: 2 May 2024 09:00\nTo: Jane Doe\n\n"
        "Did it rise?\n",
        [
            ("From: Jane Doe, Sent: 3 May 2024 10:00", "To: John Roe\nSubject: Cost\n\nIt rose."),
            ("From: John Roe, Sent: 2 May 2024 09:00", "To: Jane Doe\n\nDid it rise?"),
        ],
    ),
    "forwarded": (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Jane Doe <jane@example.org>\nDate: Fri, 3 May 2024 at "
        "10:00\nSubject: Cost\nTo: <john@example.org>\n\nIt rose.\n",
        [
            (
                "From: Jane Doe <jane@example.org>, Date: Fri, 3 May 2024 at 10:00",
                "Subject: Cost\nTo: <john@example.org>\n\nIt rose.",
            )
        ],
    ),
    "a mark inside of what has none": (
        "Yes.\n\n-----Original Message-----\nFrom: Jane D. Doe\nSent: 3 May 2024 10:00\nTo: John Roe\n\nNo.\n\n"
        "Dr. J. Roe wrote:\n> Did it rise?\n\nIt fell.\n",
        [
            ("From: Jane D. Doe, Sent: 3 May 2024 10:00", "To: John Roe\n\nNo."),
            ("Dr. J. Roe wrote:", "Did it rise?"),
            ("From: Jane D. Doe, Sent: 3 May 2024 10:00", "It fell."),
        ],
    ),
    "nothing but a quotation in it": (
        "Jane Doe wrote:\n> John Roe wrote:\n>> It rose.\n",
        [("Jane Doe wrote:", ""), ("John Roe wrote:", "It rose.")],
    ),
    "one after the other": (
        "Jane Doe wrote:\n> It rose.\n\nJohn Roe wrote:\n> It fell.\n",
        [("Jane Doe wrote:", "It rose."), ("John Roe wrote:", "It fell.")],
    ),
    "without marks": (
        "Yes.\n\nOn 3 May 2024, at 10:00, Jane Doe <jane@example.org> wrote:\n\nDid it rise?\n",
        [("On 3 May 2024, at 10:00, Jane Doe <jane@example.org> wrote:", "Did it rise?")],
    ),
}


@pytest.mark.parametrize(("body", "parts"), QUOTES.values(), ids=QUOTES)
def test_what_is_quoted_stands_under_who_wrote_it(tmp_path: Path, body: str, parts: list[tuple[str, str]]) -> None:
    message = mail(body=body)
    message.replace_header("Date", "Fri, 9 May 2025 09:00:00 +0000")
    assert sections(documents_of(saved(tmp_path, message), "a.eml")) == parts


@pytest.mark.parametrize(
    "body",
    [
        "Inflation stood at\n>5 per cent, more than before.\n",
        "It rose.\n\nThe minister wrote: it fell.\n",
        "On 3 May 2024 the ministry wrote:\n\nIt fell. We do not think so.\n",
        "To: the minister\nFrom: the desk\nIt rose.\n",
    ],
)
def test_a_sender_s_own_words_are_no_quotation(tmp_path: Path, body: str) -> None:
    (document,) = documents_of(saved(tmp_path, mail(body=body)), "a.eml")
    assert sections([document]) == []
    assert body.split("\n")[1 if body.startswith("Inf") else 0] in document.text


def test_a_mark_that_a_mailbox_put_before_a_word_is_none(tmp_path: Path) -> None:
    (document,) = documents_of(saved(tmp_path, mail(body="It rose.\n\n>From May on it fell.\n")), "a.eml")
    assert document.text.endswith("It rose.\n\nFrom May on it fell.")


MARKUP = {
    "as Gmail writes": (
        "<div>No.</div><div class=gmail_quote><div class=gmail_attr>On Thu, 8 Feb 2024 at 09:15, Jane Doe &lt;"
        "<a href=x>jane@example.org</a>&gt; wrote:<br></div><blockquote class=gmail_quote><p>Was it 1.44 billion?"
        "<div class=gmail_quote><div>John Roe wrote:</div><blockquote class=gmail_quote>It rose.</blockquote></div>"
        "</blockquote></div>",
        [
            ("On Thu, 8 Feb 2024 at 09:15, Jane Doe <jane@example.org> wrote:", "Was it 1.44 billion?"),
            ("John Roe wrote:", "It rose."),
        ],
    ),
    "with answers in between": (
        "<p>Jane Doe wrote:</p><blockquote type=cite>Was it?</blockquote><p>No.</p><blockquote type=cite>And when?"
        "</blockquote><p>In May.</p>",
        [("Jane Doe wrote:", "Was it?"), (ME, "No."), ("Jane Doe wrote:", "And when?"), (ME, "In May.")],
    ),
    "as Apple writes": (
        "<p>Yes.</p><blockquote type=cite><div>On 3 May 2024, at 10:00, Jane Doe wrote:</div><div>Did it?</div>"
        "</blockquote>",
        [("On 3 May 2024, at 10:00, Jane Doe wrote:", "Did it?")],
    ),
    "as Outlook writes": (
        "<p>See below.</p><hr><div id=divRplyFwdMsg><b>From:</b> Jane Doe<br><b>Sent:</b> 3 May 2024 10:00<br><b>"
        "To:</b> John Roe<br><b>Subject:</b> Cost</div><div><p>It rose.</p></div>",
        [("From: Jane Doe, Sent: 3 May 2024 10:00", "To: John Roe\n\nSubject: Cost\n\nIt rose.")],
    ),
    "a quotation of the text": ("<p>The treaty says:</p><blockquote>It holds.</blockquote><p>It does.</p>", []),
}


@pytest.mark.parametrize(("markup", "parts"), MARKUP.values(), ids=MARKUP)
def test_what_html_quotes_stands_under_who_wrote_it(tmp_path: Path, markup: str, parts: list[tuple[str, str]]) -> None:
    message = mail()
    message.set_content(markup, subtype="html")
    assert sections(documents_of(saved(tmp_path, message), "a.eml")) == parts


def test_mails_below_a_mail_are_documents_with_their_own_authors_and_days(tmp_path: Path) -> None:
    message = mail("RE: Cost", QUOTES["with marks"][0])
    message.replace_header("Date", "Fri, 9 Feb 2024 09:00:00 +0000")
    documents = documents_of(saved(tmp_path, message), "a.eml")
    assert [(each.source.path, each.source.title, each.source.author, each.source.date) for each in documents] == [
        ("a.eml", "RE: Cost", "Ärztin Example <analyst@example.org>", date(2024, 2, 9)),
        ("a.eml/2024-02-08 Jane Doe.eml", "Jane Doe, quoted in RE: Cost", "Jane Doe", date(2024, 2, 8)),
        ("a.eml/2024-02-07 John Roe.eml", "John Roe, quoted in RE: Cost", "John Roe", date(2024, 2, 7)),
    ]
    assert documents[0].text.endswith("\n\nNo, it was 1.65 billion.")
    assert documents[2].text == "On Wed, 7 Feb 2024 at 18:03, John Roe wrote:\n\nThe floor is 52 million."


@pytest.mark.parametrize(
    ("introduction", "author", "day"),
    [
        ("On Thu, Feb 8, 2024 at 9:15 AM, Jane Doe <jane2@example.org> wrote:", "Jane Doe", date(2024, 2, 8)),
        ("On 8 Feb 2024, at 09:15, Doe, Jane <jane@example.org> wrote:", "Doe, Jane", date(2024, 2, 8)),
        ("On 2024-02-08 09:15 +0100, Jane D. Doe wrote:", "Jane D. Doe", date(2024, 2, 8)),
        ("On 2/8/24 9:15 AM, Jane Doe wrote:", None, None),
        ("On 8 Feb 2030 at 09:15, Jane Doe wrote:", None, None),
        ("Jane Doe wrote:", None, None),
    ],
)
def test_who_wrote_a_quoted_mail_and_when(
    tmp_path: Path, introduction: str, author: str | None, day: date | None
) -> None:
    message = mail(body=f"No.\n\n{introduction}\n> It rose.\n")
    message.replace_header("Date", "Fri, 9 Feb 2024 09:00:00 +0000")
    _, *quoted = documents_of(saved(tmp_path, message), "a.eml")
    assert [(each.source.author, each.source.date) for each in quoted] == ([(author, day)] if author else [])


def test_what_a_mailing_list_adds_below_is_not_of_whom_the_mail_quotes(tmp_path: Path) -> None:
    parts = MIMEText("No.\n\nJane Doe wrote:\n> It rose.\n"), MIMEText("Briefings list")
    documents = documents_of(saved(tmp_path, _mixed(*parts)), "a.eml")
    assert sections(documents) == [("Jane Doe wrote:", "It rose."), ("From: analyst@example.org", "Briefings list")]


WORDS = st.sampled_from(
    ["It rose.", "On 3 May 2024 at 10:00, A wrote:", "A wrote:", "From: a", "Sent: 3 May", "To: b", ""]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "> ", ">> ", ">"]), WORDS)))
def test_no_word_is_lost_or_told_twice_but_in_headings(lines: list[tuple[str, str]]) -> None:
    out = CanonicalText()
    add_mail_text(out, "\n".join(mark + words for mark, words in lines), "c@example.org")
    built = out.finish()
    assert built.text.count("It rose.") == sum(words == "It rose." for _, words in lines)
    assert built.text.count("To: b") == sum(words == "To: b" for _, words in lines)
    assert all(words in built.text for _, words in lines)
