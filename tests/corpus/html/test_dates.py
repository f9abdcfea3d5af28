from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.html.reader import read_markup
from assistant.corpus.loading import documents_of

TIME = '<time datetime="2023-05-31">31 May</time>'
SUMMIT = 'The summit will be held on <time datetime="2026-07-07">7 July 2026</time> in Brussels.'
PROSE = "<p>China declined the meeting because of the sanctions of 2018.</p>"

DATED = {
    "alone in its block": f"<h1>Talks</h1><p>{TIME}</p>{PROSE}",
    "above the title": f"<div>{TIME}</div><h1>Talks</h1>{PROSE}",
    "after a label": f"<h1>Talks</h1><p>Published: {TIME}</p>{PROSE}",
    "in a part of a line": f"<h1>Talks</h1><p>Jane Doe, Foreign Desk · {TIME} · 4 min read</p>{PROSE}",
    "in a dateline": f"<h1>Talks</h1><p>SINGAPORE, {TIME} — China declined the meeting.</p>",
    "in the header of an article": f"<article><header><h1>Talks</h1>By Jane Doe and John Roe, {TIME}</header>{PROSE}",
    "in a byline": f'<h1>Talks</h1><div class="entry-meta">Posted on {TIME} by Jane Doe</div>{PROSE}',
    "in a list that is a byline": f'<h1>Talks</h1><ul class="post-meta"><li>{TIME}<li>Jane Doe</ul>{PROSE}',
    "before an event": f"<h1>Talks</h1><p>{TIME}</p><p>{SUMMIT}</p>",
    "not before what is marked": f"{SUMMIT}<p><time datetime=2023-06-03>3 June</time>"
    f'<p>Talks, first told of <time itemprop="datePublished dateCreated" datetime="2023-05-31">in May</time>.',
    "marked by an old attribute": f"{SUMMIT}<p>Talks, in <time pubdate>31 May 2023</time>.",
    "marked in a header that is not read": f'<header><time pubdate datetime="2023-05-31"></time></header>'
    f"<main>{PROSE}</main>",
    "filled by a script": f'<h1>Talks</h1><p><time datetime="2023-05-31T10:00:00Z"></time></p>{PROSE}',
    "less than the first lines": f"<h1>Talks</h1><p>Published: 31 May 2023</p>"
    f"<p><time datetime=2026-07-07>7 July</time></p>{PROSE}",
}


@pytest.mark.parametrize("markup", DATED.values(), ids=DATED)
def test_a_time_element_where_a_date_stands_dates_a_page(markup: str) -> None:
    assert read_markup(markup).date == date(2023, 5, 31)


UNDATED = {
    "in a sentence": f"<h1>Talks</h1><p>{SUMMIT}</p>",
    "in a sentence of a header": f"<article><header><h1>Talks</h1><p>Join us on {TIME}</p></header>{PROSE}</article>",
    "of today, in the navigation": f"<nav>{TIME}</nav><h1>Talks</h1>{PROSE}",
    "of today, in the header of the site": f"<header><b>The Site</b> <div>{TIME}</div></header><h1>Talks</h1>{PROSE}",
    "in a footer": f"<h1>Talks</h1>{PROSE}<footer>{TIME}</footer>",
    "marked beside the page": f'<h1>Talks</h1>{PROSE}<aside><time itemprop="datePublished">31 May 2023</time></aside>',
    "of an event by its mark": '<h1>Talks</h1><p><time itemprop="startDate" datetime="2023-05-31">31 May</time></p>',
    "of events in a list": f"<h1>Talks</h1><ul><li>{TIME} Brussels<li>{TIME}</ul>",
    "far down": f"<h1>Talks</h1>{PROSE * 10}<p>{TIME}</p>",
    "unseen": f"<h1>Talks</h1><p hidden>{TIME}</p>{PROSE}",
}


@pytest.mark.parametrize("markup", UNDATED.values(), ids=UNDATED)
def test_a_time_element_elsewhere_dates_nothing(markup: str) -> None:
    assert read_markup(markup).date is None


def test_meta_tags_outrank_what_is_marked() -> None:
    markup = (
        f'<head><meta name="date" content="2023-05-31"></head><p><time pubdate datetime="2023-06-03">x</time>{PROSE}'
    )
    assert read_markup(markup).date == date(2023, 5, 31)


@pytest.mark.parametrize("dated", ["<p>Published: 31 May 2023</p>", "<p>31 May 2023</p>"])
def test_a_page_is_not_dated_by_an_event_that_it_tells_of(tmp_path: Path, dated: str) -> None:
    path = tmp_path / "2023-06-03-talks.html"
    path.write_text(f"<h1>Talks</h1>{dated}<p>{SUMMIT}</p>", encoding="utf-8")
    assert documents_of(path, path.name)[0].source.date == date(2023, 5, 31)
    path.write_text(f"<h1>Talks</h1><p>{SUMMIT}</p>", encoding="utf-8")
    assert documents_of(path, path.name)[0].source.date == date(2023, 6, 3)
