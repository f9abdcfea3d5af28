"""What a page prints white on white, beside it or cut off is left out; what may be seen is read."""

from __future__ import annotations

import pytest

from assistant.corpus.html.reader import read_markup

LINKED = "<link rel=stylesheet href=a.css>"


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='color:#fff;background:#fff'>Secret</p>",
        "<p style='color:white'>Secret</p>",
        "<div style='color:hsl(0, 0%, 100%)'><p>Secret</p></div>",
        "<style>.x{color:#fefefe}</style><p class=x>Secret</p>",
        "<div style='background:#000'><p style='color:#fff;background-color:#fff'>Secret</p></div>",
        f"{LINKED}<p style='color:#fff;background:#ffffff'>Secret</p>",
        "<p style='position:absolute;left:-9999px'>Secret</p>",
        "<style>.o{position:fixed;top:-200em}</style><p class=o>Secret</p>",
        "<p style='position:absolute;clip:rect(0 0 0 0)'>Secret</p>",
        "<p style='clip-path:inset(50%)'>Secret</p>",
    ],
)
def test_what_nobody_sees_is_left_out_and_counted(markup: str) -> None:
    extract = read_markup(f"<h1>Title</h1><p>Seen.</p>{markup}")
    assert extract.text == "Title\n\nSeen."
    assert extract.warnings == ("1 hidden element was left out",)


@pytest.mark.parametrize(
    "markup",
    [
        "<div style='background:#000'><p style='color:white'>Shown</p></div>",
        "<style>.d{background:navy;color:#fff}</style><p class=d>Shown</p>",
        f"{LINKED}<p style='color:white'>Shown</p>",
        "<style>@import 'a.css';</style><p style='color:white'>Shown</p>",
        "<p style='left:-9999px'>Shown</p>",
        "<p style='position:absolute;right:-9999px'>Shown</p>",
        "<p style='position:absolute;left:-20px'>Shown</p>",
        "<p style='clip-path:inset(10%)'>Shown</p>",
        "<p style='clip:auto'>Shown</p>",
        "<div style='position:absolute;color:#fff'>Shown</div>",
        "<table bgcolor=#003366><tr><td style='color:white'>Shown</td></tr></table>",
        "<div style='color:#fff'><b style='color:#000'>Shown</b></div>",
        "<div style='color:#fff'><a href=/x>Shown</a> <mark>Shown</mark></div>",
        "<p style='color:#fff;background:linear-gradient(red,blue)'>Shown</p>",
        "<p style='color:#fff;text-shadow:0 0 2px #000'>Shown</p>",
        "<p style='color:#fff;background-color:#fff;background-image:url(a.png)'>Shown</p>",
        "<p style='color:#fff;background:var(--dark)'>Shown</p>",
        "<style>body{color:#fff}</style><p>Shown</p>",
    ],
)
def test_what_may_be_seen_is_read(markup: str) -> None:
    extract = read_markup(f"<h1>Title</h1><p>Seen.</p>{markup}")
    assert "Shown" in extract.text
    assert extract.warnings == ()
