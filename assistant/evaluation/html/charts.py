"""Charts of a run as inline SVG, drawn by us: no script, no library. Colours are those of `report.css`.

Every chart has a title, labelled axes, an `aria-label`, and a summary in words for those who do not see it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from statistics import median, quantiles

from assistant.evaluation.intervals import Interval
from assistant.evaluation.metrics.calibration_error import BINS, bins, calibration_error
from assistant.evaluation.results import CaseResult

_WIDTH, _HEIGHT = 440, 264
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 12, 14, 44
_NAME = 18  # height of a name above or below its bars
_BINS = 20
_SHORTEST = 0.001  # seconds; the latency axis is logarithmic


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, the SVG markup, and what it shows in words."""

    title: str
    svg: str
    summary: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Maps `low`..`high` of the data to `start`..`end` of the picture."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.start + share * (self.end - self.start), 1)


_X = _Scale(0, 1, _LEFT, _WIDTH - _RIGHT)


def charts_of(results: Sequence[CaseResult]) -> tuple[Chart, ...]:
    """The charts for which there is anything to show; crashed cases have no score and no time, and are left out."""
    finished = [each for each in results if each.outcome is not None]
    if not finished:
        return ()
    return (_answerability(finished), _reliability(finished), _latency([each.seconds for each in finished]))


def range_mark(mean: float, interval: Interval | None, baseline: float | None) -> str:
    """A small line from 0 to 1 with the interval, the mean as a dot and the baseline as a stroke.

    Decoration of numbers that stand beside it, so hidden from screen readers. Values outside 0 to 1 give nothing.
    """
    ends = (interval.low, interval.high) if interval else (mean, mean)
    if not all(0 <= each <= 1 for each in (mean, *ends)):
        return ""
    x = _Scale(0, 1, 4, 116)
    stroke = f'<path class="was" d="M{x(baseline)} 2V16"/>' if baseline is not None and 0 <= baseline <= 1 else ""
    return (
        '<svg class="range" viewBox="0 0 120 18" aria-hidden="true" focusable="false">'
        f'<path class="grid" d="M4 9H116"/>{stroke}'
        f'<path class="interval" d="M{x(ends[0])} 9H{x(ends[1])}"/>'
        f'<circle class="dot" cx="{x(mean)}" cy="9" r="4"/></svg>'
    )


def _answerability(results: Sequence[CaseResult]) -> Chart:
    """How the score of answerable and of unanswerable cases is spread: the one upwards, the other downwards."""
    groups = {truth: [each.answerability for each in results if each.answerable is truth] for truth in (True, False)}
    counts = {truth: _histogram(values) for truth, values in groups.items()}
    most = max(*counts[True], *counts[False], 1)
    plot = _HEIGHT - _TOP - _BOTTOM
    middle = _TOP + plot * (0.7 if not groups[False] else 0.3 if not groups[True] else 0.5)
    unit = min(middle - _TOP - _NAME, _HEIGHT - _BOTTOM - _NAME - middle) / most
    bars = []
    for truth, sign in ((True, -1), (False, 1)):
        for index, count in enumerate(counts[truth]):
            if count:
                height = round(count * unit, 1)
                top = middle - height if sign < 0 else middle
                bars.append(_bar(index / _BINS, (index + 1) / _BINS, top, height, "yes" if truth else "no"))
    ticks = "".join(
        _text(_LEFT - 6, middle - sign * each * unit + 4, each, anchor="end")
        for sign in (1, -1)
        for each in _count_ticks(most)
        if each or sign > 0
    )
    labels = _text(_LEFT + 6, _TOP + 10, f"answerable ({len(groups[True])})", "name yes", "start") + _text(
        _LEFT + 6, _HEIGHT - _BOTTOM - 6, f"unanswerable ({len(groups[False])})", "name no", "start"
    )
    body = f'<path class="axis" d="M{_LEFT} {round(middle, 1)}H{_WIDTH - _RIGHT}"/>{"".join(bars)}{ticks}{labels}'
    said = " ".join(
        f"{len(values)} {name} cases: median {median(values):.2f}, from {min(values):.2f} to {max(values):.2f}."
        for name, values in (("answerable", groups[True]), ("unanswerable", groups[False]))
        if values
    )
    title = "Answerability of answerable and unanswerable cases"
    return _chart(title, said, body + _unit_ticks(), "answerability, from 0 to 1", "cases")


def _reliability(results: Sequence[CaseResult]) -> Chart:
    """What share of the cases with a given score is answerable; on the diagonal the score is a probability."""
    y = _Scale(0, 1, _HEIGHT - _BOTTOM, _TOP)
    pairs = [(each.answerability, each.answerable) for each in results]
    points = [(each.said, each.true, each.count) for each in bins(pairs)]
    error = calibration_error(pairs) or 0.0
    dots = "".join(
        f'<circle class="dot" cx="{_X(said)}" cy="{y(true)}" r="{round(3 + 9 * math.sqrt(n / len(results)), 1)}"/>'
        f"{_text(_X(said), y(true) + (-16 if true < 0.5 else 24), n)}"
        for said, true, n in points
    )
    ticks = "".join(
        f'<path class="grid" d="M{_LEFT} {y(each)}H{_WIDTH - _RIGHT}"/>'
        f"{_text(_LEFT - 6, y(each) + 4, f'{each:g}', anchor='end')}"
        for each in (0, 0.25, 0.5, 0.75, 1)
    )
    line = " ".join(f"{_X(said)},{y(true)}" for said, true, _ in points)
    curve = f'<path class="ideal" d="M{_X(0)} {y(0)}L{_X(1)} {y(1)}"/><polyline class="curve" points="{line}"/>'
    body = f"{ticks}{curve}{dots}"
    said = (
        f"Expected calibration error {error:.3f} (Naeini et al. 2015) over {len(results)} cases in "
        f"{BINS} bins of equal width. On the dashed line the score is the probability; a number is how "
        "many cases a dot stands for."
    )
    return _chart(
        "Reliability of answerability", said, body + _unit_ticks(), "answerability, mean of the bin", "share answerable"
    )


def _latency(seconds: Sequence[float]) -> Chart:
    values = [max(each, _SHORTEST) for each in seconds]
    low, high = math.log10(min(values)), math.log10(max(values))
    low, high = (low - 0.3, high + 0.3) if high - low < 0.3 else (low - 0.02, high + 0.02)
    x = _Scale(low, high, _LEFT, _WIDTH - _RIGHT)
    counts = _histogram([(math.log10(each) - low) / (high - low) for each in values])
    most = max(counts)
    y = _Scale(0, most * 1.18, _HEIGHT - _BOTTOM, _TOP)
    bars = "".join(
        _bar(index / _BINS, (index + 1) / _BINS, y(count), round(_HEIGHT - _BOTTOM - y(count), 1), "yes")
        for index, count in enumerate(counts)
        if count
    )
    ticks = "".join(_text(_LEFT - 6, y(each) + 4, each, anchor="end") for each in _count_ticks(most))
    cuts = dict(zip((50, 90, 99), _percentiles(values), strict=True))
    marks, last = [], -99.0
    for level, value in cuts.items():
        place = x(math.log10(value))
        marks.append(f'<path class="cut" d="M{place} {_TOP}V{_HEIGHT - _BOTTOM}"/>')
        if place - last > 30:
            marks.append(_text(place - 4, _TOP + 9, f"p{level}", anchor="end"))
            last = place
    axis = "".join(
        _text(x(math.log10(each)), _HEIGHT - _BOTTOM + 16, _time(each)) for each in _time_ticks(10**low, 10**high)
    )
    half, nine, most_of_all = (_time(each) for each in cuts.values())
    said = (
        f"Half of the answers took no more than {half}, 90\u00a0% no more than {nine}, 99\u00a0% no more than "
        f"{most_of_all}; the longest {_time(max(values))}."
    )
    body = f'<path class="axis" d="M{_LEFT} {_HEIGHT - _BOTTOM}H{_WIDTH - _RIGHT}"/>{bars}{"".join(marks)}{ticks}{axis}'
    return _chart("Time to the finished answer", said, body, "time, logarithmic", "cases")


def _chart(title: str, summary: str, body: str, x_label: str, y_label: str) -> Chart:
    middle = round(_TOP + (_HEIGHT - _TOP - _BOTTOM) / 2)
    label = escape(f"{title}. {summary}", quote=True)
    svg = (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">{body}'
        f"{_text(_X(0.5), _HEIGHT - 8, x_label, 'label')}"
        f'<g transform="translate(11 {middle}) rotate(-90)">{_text(0, 0, y_label, "label")}</g></svg>'
    )
    return Chart(title, svg, summary)


def _text(x: float, y: float, words: object, kind: str = "tick", anchor: str = "middle") -> str:
    place = f'x="{round(x, 1)}" y="{round(y, 1)}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(str(words))}</text>'


def _histogram(shares: Sequence[float]) -> list[int]:
    """How many of the values between 0 and 1 fall into each of the bins; 1 belongs to the last."""
    counts = [0] * _BINS
    for each in shares:
        counts[min(max(int(each * _BINS), 0), _BINS - 1)] += 1
    return counts


def _bar(start: float, end: float, top: float, height: float, kind: str) -> str:
    width = round(_X(end) - _X(start) - 1, 1)
    return f'<rect class="{kind}" x="{_X(start)}" y="{round(top, 1)}" width="{width}" height="{height}"/>'


def _unit_ticks() -> str:
    return "".join(_text(_X(each), _HEIGHT - _BOTTOM + 16, f"{each:g}") for each in (0, 0.2, 0.4, 0.6, 0.8, 1))


def _count_ticks(most: int) -> list[int]:
    """0 and one or two round numbers up to `most`."""
    size = 10 ** math.floor(math.log10(max(most, 1)))
    step = next(each for each in (5 * size, 2 * size, size) if each <= most)
    return list(range(0, most + 1, step))


def _percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) < 2:
        return values[0], values[0], values[0]
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[89], cuts[98]


def _time_ticks(low: float, high: float) -> list[float]:
    """1, 2 and 5 times powers of ten between the two, thinned to the powers where they are many."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [step * 10.0**power for power in powers for step in (1, 2, 5) if low <= step * 10.0**power <= high]
    whole = [each for each in found if f"{each:e}".startswith("1.0")]
    return whole if len(found) > 7 and len(whole) > 1 else found


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
