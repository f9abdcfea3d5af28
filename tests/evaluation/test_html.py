"""The page needs nothing else, holds what the report holds, and text of cases and documents stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag

from assistant.evaluation.html.charts import charts_of, range_mark
from assistant.evaluation.html.render import render_html
from assistant.evaluation.intervals import Interval
from assistant.evaluation.metrics import SET_METRICS
from assistant.evaluation.results import CitedExcerpt, EvalReport, Excerpt
from assistant.evaluation.running import decisions_of
from assistant.evaluation.verdict import judge
from tests.evaluation.made_reports import METRICS, case, plain, report, simulated
from tests.evaluation.sample_report import HOSTILE, earlier, sample


def page(now: EvalReport, baseline: EvalReport | None) -> BeautifulSoup:
    return BeautifulSoup(render_html(now, judge(now, baseline, METRICS), baseline, METRICS), "lxml")


@pytest.fixture(scope="module")
def soup() -> BeautifulSoup:
    return page(sample(), earlier())


def first(within: Tag, selector: str) -> Tag:
    found = within.select_one(selector)
    assert found is not None
    return found


def case_of(soup: BeautifulSoup, name: str) -> Tag:
    (found,) = [each for each in soup.select("details.case") if first(each, ".id").text.startswith(f"{name},")]
    return found


def squeezed(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def test_nothing_is_fetched_and_nothing_runs(soup: BeautifulSoup) -> None:
    policy = first(soup, "meta[http-equiv=Content-Security-Policy]")["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not soup.find_all(["script", "img", "iframe", "object", "embed", "link", "base", "form", "audio", "video"])
    attributes = {name for tag in soup.find_all(True) for name in tag.attrs}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"src", "action", "style"})
    assert all(str(link["href"]).startswith("#") for link in soup.select("[href]"))
    style = first(soup, "style").text
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_has_its_target_and_no_id_comes_twice(soup: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {link["href"][1:] for link in soup.select("[href]")} <= set(ids)


def test_hostile_text_stays_text_in_every_place(soup: BeautifulSoup) -> None:
    hostile = case_of(soup, f"hostile-29-{HOSTILE}")
    assert squeezed(hostile.select_one(".question")) == HOSTILE
    assert HOSTILE in squeezed(hostile.select_one(".answer"))
    assert squeezed(hostile.select_one(".history .asked")) == HOSTILE
    # reference answer, expected quote and path, missing quote, citation and path, passage and path, reason, fault, …
    assert squeezed(hostile).count(HOSTILE) >= 14
    assert first(soup, "title").text.startswith("Not passed: evaluation of 2026-03-04 09:15")


def test_the_verdict_stands_in_words_with_all_its_reasons() -> None:
    now, before = sample(), earlier()
    verdict = judge(now, before, METRICS)
    soup = page(now, before)
    banner = first(soup, "section.verdict")
    assert squeezed(banner.h2) == "Not passed"
    for said in (*verdict.reasons, *verdict.remarks, *(each.detail for each in verdict.violations)):
        assert " ".join(said.split()) in squeezed(banner)
    for said in verdict.changed_conditions:
        assert said in squeezed(soup.select_one(".changes"))
    for flip in verdict.case_changes.flipped:
        assert "; ".join(flip.what) in squeezed(soup.select_one(".changes"))
    assert squeezed(page(now, None).select_one("section.verdict h2")) == "No baseline yet"
    full = report(simulated(np.random.default_rng(0), 40))
    assert squeezed(page(full, full).select_one("section.verdict h2")) == "Passed"


def test_the_table_has_each_metric_with_the_figures_of_the_comparison() -> None:
    before = report(case(i, {"citation recall": 1.0}) for i in range(20))
    now = report(case(i, {"citation recall": float(i >= 10)}) for i in range(20))
    rows = {
        squeezed(row.th).split(" 2")[0]: [squeezed(cell) for cell in row.select("td")]
        for row in page(now, before).select("table.metrics tbody tr:not(.group)")
    }
    value, _, baseline, difference, finding = rows["citation recall"]
    assert value.startswith("0.500 ")
    assert re.fullmatch(r"0\.500 0\.[23]\d\d to 0\.[67]\d\d", value)
    assert baseline == "1.000"
    assert re.fullmatch(r"−0\.500 −0\.[67]\d\d to −0\.[23]\d\d", difference)
    assert finding == "↓ worse p = .002, 10 of 20 differ"  # 2 * 2**-10, one metric
    titles = [squeezed(row) for row in page(now, before).select("tr.group")]
    assert titles[0] == "These decide"


def test_cases_come_worst_first(soup: BeautifulSoup) -> None:
    states = [squeezed(each) for each in soup.select("details.case > summary .state")]
    order = ["crashed", "wrong outcome", "with faults", "right"]
    assert states == sorted(states, key=order.index)
    assert set(states) == set(order)
    assert len(states) == 30


def test_a_case_shows_expected_beside_cited_and_marks_both_in_words(soup: BeautifulSoup) -> None:
    hit = case_of(soup, "sample-03")
    expected, got = hit.select(".halves > div")
    words = "Finland joined the alliance on 4 April 2023."
    assert [squeezed(each) for each in expected.select(".quote > .word")] == ["✓ cited"]
    assert "any one of 2 places" in squeezed(expected)
    assert [mark.text for mark in expected.select("mark")] == [words]
    assert [squeezed(each) for each in got.select(".quote > .word")] == ["✗ not verbatim", "✗ not among the expected"]
    assert squeezed(got.select_one(".answer")).startswith(f"{words} [1] It was said")
    invented = [
        each for each in soup.select("details.case") if "To abstain" in squeezed(each) and each.select(".answer")
    ]
    assert all(squeezed(each.select_one(".quote .word")) == "✗ nothing was to be cited" for each in invented)
    assert invented
    missed = [
        squeezed(each.select_one(".halves > div .quote .word"))
        for each in soup.select("details.case")
        if "evidence is not cited" in squeezed(each)
    ]
    assert set(missed) == {"✗ found, not cited", "✓ cited"}  # the hostile case cites one and misses another


@pytest.mark.parametrize(("start", "said"), [(5, "✗ found, not cited"), (15, "✗ found, not cited"), (40, "✓ cited")])
def test_what_a_citation_only_touches_is_not_called_cited(start: int, said: str) -> None:
    quote = "Finland joined the alliance on 4 April 2023."
    expected = Excerpt("a.md", 100, 100 + len(quote), quote)
    at = Excerpt("a.md", 60, 100 + start, "x" * (40 + start))
    cited = CitedExcerpt(1, 0, 4, at, verbatim=True, relevant=start == 40)
    made = case(1, {"citation recall": 0.0}, relevant=(expected,), citations=(cited,), passages=(expected,))
    shown = case_of(page(report([made]), None), "case-1")
    assert squeezed(shown.select_one(".halves > div .quote .word")) == said


def test_history_query_day_and_tags_are_there(soup: BeautifulSoup) -> None:
    follow_up = case_of(soup, "sample-10")
    assert squeezed(follow_up.select_one(".history")) == "Asked before: Who spoke by video in 2023?"
    assert "Searched for: Who spoke by video in 2023?" in squeezed(follow_up)
    assert squeezed(follow_up.select_one(".question")) == "And when was that?"
    assert "as of 2023-08-01" in squeezed(follow_up.select_one(".id"))
    assert "single-fact" in squeezed(follow_up.select_one(".id"))


def test_scores_that_do_not_apply_are_named_apart(soup: BeautifulSoup) -> None:
    abstained = next(
        each
        for each in soup.select("details.case")
        if first(each, ".id").text.startswith("near-miss") and not each.select(".answer")
    )
    assert "citation recall" in squeezed(abstained.select_one(".apart"))
    assert "citation recall" not in squeezed(abstained.select_one("table.scores"))


def test_charts_are_well_formed_with_title_label_axes_and_summary() -> None:
    charts = charts_of(sample().results)
    assert [each.title for each in charts] == [
        "Answerability of answerable and unanswerable cases",
        "Reliability of answerability",
        "Time to the finished answer",
    ]
    for chart in charts:
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == f"{chart.title}. {chart.summary}"
        assert sum(each.get("class") == "label" for each in root.iter("text")) == 2
        box = [float(each) for each in root.get("viewBox", "").split()]
        for bar in root.iter("rect"):
            x, y, width, height = (float(bar.get(name, "nan")) for name in ("x", "y", "width", "height"))
            assert box[0] <= x <= x + width <= box[2]
            assert box[1] <= y <= y + height <= box[3]


def test_the_figures_of_the_charts_by_hand() -> None:
    # Two of ten are answerable at .9, none of ten at .15: |.9 - .2| / 2 + |.15 - 0| / 2.
    results = [case(i, {}, answerability=0.9, answerable=i < 2, seconds=0.1 * (i + 1)) for i in range(10)]
    results += [case(i, {}, answerability=0.15, answerable=False, seconds=0.1 * (i - 9)) for i in range(10, 20)]
    spread, reliability, latency = charts_of(results)
    assert spread.summary.startswith("2 answerable cases: median 0.90")
    assert "18 unanswerable cases: median 0.15, from 0.15 to 0.90." in spread.summary
    assert "Expected calibration error 0.425" in reliability.summary
    assert latency.summary.startswith("Half of the answers took no more than 550 ms")
    assert latency.summary.endswith("the longest 1 s.")
    bars = list(ElementTree.fromstring(spread.svg).iter("rect"))
    assert [bar.get("class") for bar in bars] == ["yes", "no", "no"]


@pytest.mark.parametrize("seconds", [0.0, 0.0001, 0.2, 90.0])
def test_charts_of_one_case_and_of_none(seconds: float) -> None:
    assert len(charts_of([case(1, {}, answerability=1.0, seconds=seconds)])) == 3
    assert charts_of([case(1, {}, outcome=None)]) == ()
    assert charts_of([]) == ()


def test_the_small_picture_only_shows_what_lies_between_0_and_1() -> None:
    assert range_mark(0.5, Interval(0.4, 0.6), 0.7).count("<path") == 3
    assert range_mark(0.5, None, None).count("<path") == 2
    assert range_mark(4.0, None, None) == ""


@pytest.mark.parametrize("results", [0, 1])
def test_reports_with_next_to_nothing_are_rendered(results: int) -> None:
    now = plain(results, citation_recall=1.0)
    for baseline in (None, now):
        assert squeezed(page(now, baseline).h1).startswith(f"{results} case")


def test_the_same_report_gives_the_same_page_and_surrogates_do_not_break_it() -> None:
    now, before = sample(), earlier()
    verdict = judge(now, before, METRICS)
    assert render_html(now, verdict, before, METRICS) == render_html(now, verdict, before, METRICS)
    broken = replace(now, results=(replace(now.results[0], text="half \ud83d of one"), *now.results[1:]))
    assert "half ? of one" in render_html(broken, verdict, before, METRICS)


def test_figures_of_the_whole_set_have_intervals_too() -> None:
    now = sample()
    scores = {metric.name: metric.value(decisions_of(now.results)) for metric in SET_METRICS}
    soup = page(replace(now, set_scores=scores), earlier())
    rows = {squeezed(row.th): row for row in soup.select("table.metrics tr") if row.th}
    for name, value in scores.items():
        now_cell = first(rows[name], "[data-name=Now]")
        low, high = (float(end) for end in first(now_cell, ".ends").text.split(" to "))
        assert value is not None
        assert low < value < high
        assert squeezed(now_cell.b) == f"{value:.3f}"
        assert rows[name].select_one(".picture svg")


def test_one_of_a_kind_is_counted_in_the_singular() -> None:
    one = report([case(1, {"citation recall": 1.0})])
    one = replace(one, conditions=replace(one.conditions, documents={"a.md": one.conditions.documents["a.md"]}))
    assert squeezed(page(one, one).h1) == "1 case over 1 document"
