from __future__ import annotations

from datetime import date
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import SMTP
from pathlib import Path

import pytest

from assistant.corpus.loading import documents_of


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
        "Date: Wed, 31 May 2023 09:00:00 +0000\n\nMüller said “no” to a meeting.\n\nHe asked why.\n\nDeep.\n\nBecause."
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
