from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.html.reader import read_markup
from assistant.corpus.loading import documents_of

SENTENCE = "China declined the meeting because of the sanctions of 2018. "
TEASER = (
    '<article class="teaser"><h3>Grain deal</h3><p>Ships left Odesa again, and the United Nations said why they had '
    "waited for so long before they did.</p></article>"
)
MENU = '<div><a href="/">Home and all of our briefings since 2018</a></div>'


def test_short_articles_beside_a_longer_text_are_not_the_page() -> None:
    markup = f"<h1>Talks</h1><div class=content><p>{SENTENCE * 20}</p></div>{TEASER * 2}"
    text = read_markup(markup).text
    assert text.count("China declined") == 20
    assert text.count("Ships left") == 2


@pytest.mark.parametrize("name", ["main", "article"])
def test_what_holds_most_of_the_text_is_read_alone(name: str) -> None:
    around = f"{MENU * 30}<nav>{SENTENCE * 30}</nav><div>About us</div>"
    assert read_markup(f"{around}<{name}><p>{SENTENCE}</p></{name}>{around}").text == SENTENCE.strip()
    assert "About us" in read_markup(f"<p>About us, {SENTENCE * 2}</p><{name}><p>{SENTENCE}</p></{name}>").text


def test_an_article_beside_the_page_is_not_the_page() -> None:
    assert read_markup(f"<p>{SENTENCE}</p><aside><article>{SENTENCE * 9}</article></aside>").text == SENTENCE.strip()


PAGES = {
    "a short page": f"<h1>Talks</h1><p>{SENTENCE}</p>",
    "a long page": f"<h1>Talks</h1><p>{SENTENCE * 30}</p>",
    "a page with a menu": f"{MENU * 30}<h1>Talks</h1><p>{SENTENCE}</p>",
    "a main part": f"<div>{SENTENCE}</div><main><h1>Talks</h1><p>{SENTENCE * 3}</p></main>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_that_is_one_form_is_read(tmp_path: Path, page: str) -> None:
    path = tmp_path / "talks.html"
    state = '<input type="hidden" name="__VIEWSTATE" value="dDwtMTI3">'
    path.write_text(f'<body><form id="aspnetForm">{state}{page}<button>Go</button></form></body>', encoding="utf-8")
    document = documents_of(path, "talks.html")[0]
    assert document.source.title == "Talks"
    assert document.text.endswith(SENTENCE.strip())
    assert "Go" not in document.text.split()


SEARCH = "<form role=search><label for=q>Search this site</label><input id=q list=l><datalist id=l><option>x</datalist>"
SUBSCRIBE = (
    "<form><h3>Subscribe to our newsletter</h3><p>Get our briefings by mail. By subscribing you accept our terms.</p>"
    "<label>Country <select><option>Norway<option>Iceland</select></label><label>Mail <input></label></form>"
)


@pytest.mark.parametrize("form", [f"{SEARCH}</form>", SUBSCRIBE], ids=["search", "subscribe"])
def test_a_small_form_is_no_part_of_the_page(form: str) -> None:
    markup = f"<body>{form}<p>{SENTENCE * 9}</p>{form}</body>"
    assert read_markup(markup).text == (SENTENCE * 9).strip()


def test_a_long_form_in_a_longer_page_is_read() -> None:
    consent = f"<div>{'We and our partners keep cookies. ' * 90}</div>"
    assert "China declined" in read_markup(f"{consent}<form>{f'<p>{SENTENCE}</p>' * 20}</form>").text


def test_a_page_of_nothing_but_links_is_read_whole() -> None:
    link = '<p><a href="/1">Talks declined</a></p>'
    assert (
        read_markup(f"{link}<main>{link}</main><form>{link}</form>").text == "Talks declined\n\n" * 2 + "Talks declined"
    )


def test_an_anchor_that_is_never_closed_hides_no_text() -> None:
    assert read_markup(f"<div><a name=top><p>{SENTENCE * 5}</p></div>{TEASER}").text.count("China declined") == 5
