from __future__ import annotations

import time

import pytest

from assistant.corpus.html.reader import read_markup

HEAD = "<tr><th>Country<th>Year<th>Quota<th>Catch</tr>"
EXPORTS = "<tr><th rowspan=2>Country</th><th colspan=2>Exports</th></tr><tr><th>2022</th><th>2023</th></tr>"
LONG = "A long remark. " * 20

TABLES = {
    "a cell of two rows": (
        f"{HEAD}<tr><td rowspan=2>Norway<td>2021<td>400<td>390<tr><td>2022<td>350<td>360"
        "<tr><td>Iceland<td>2021<td>9<td>8",
        "Country: Norway | Year: 2021 | Quota: 400 | Catch: 390\n"
        "Country: Norway | Year: 2022 | Quota: 350 | Catch: 360\n"
        "Country: Iceland | Year: 2021 | Quota: 9 | Catch: 8",
    ),
    "in the middle and at the end": (
        f"{HEAD}<tr><td>Norway<td rowspan=2>2021<td>400<td rowspan=2>390<tr><td>Iceland<td>350",
        "Country: Norway | Year: 2021 | Quota: 400 | Catch: 390\n"
        "Country: Iceland | Year: 2021 | Quota: 350 | Catch: 390",
    ),
    "of rows and columns": (
        f"{HEAD}<tr><td rowspan=2 colspan=2>All<td>400<td>390<tr><td>350<td>360<tr><td>Iceland<td>2021<td>9<td>8",
        "All | Quota: 400 | Catch: 390\nAll | Quota: 350 | Catch: 360\n"
        "Country: Iceland | Year: 2021 | Quota: 9 | Catch: 8",
    ),
    "of all rows to the end of a part": (
        f"{HEAD}<tbody><tr><td rowspan=0>Norway<td>2021<tr><td>2022<tr><td>2023</tbody><tbody><tr><td>Iceland<td>2021",
        "Country: Norway | Year: 2021\nCountry: Norway | Year: 2022\nCountry: Norway | Year: 2023\n"
        "Country: Iceland | Year: 2021",
    ),
    "of more rows than there are": (
        f"{HEAD}<tbody><tr><td rowspan=99999999999>Norway<td>2021<tr><td>2022</tbody><tr><td>Iceland<td>2021",
        "Country: Norway | Year: 2021\nCountry: Norway | Year: 2022\nCountry: Iceland | Year: 2021",
    ),
    "of a number that is none": (
        f"{HEAD}<tr><td rowspan=² colspan=x>Norway<td>2021<tr><td>Iceland<td rowspan=-1>2021",
        "Country: Norway | Year: 2021\nCountry: Iceland | Year: 2021",
    ),
    "over rows that say nothing more or are unseen": (
        f"{HEAD}<tr><td rowspan=3>Norway<td>2021<tr><tr hidden><td>2020<tr><td>2022<tr><td>Iceland<td>2021",
        "Country: Norway | Year: 2021\nCountry: Norway | Year: 2022\nCountry: Iceland | Year: 2021",
    ),
    "a long text once": (
        f"{HEAD}<tr><td rowspan=2>{LONG}<td>2021<tr><td>2022",
        f"Country: {LONG.strip()} | Year: 2021\nYear: 2022",
    ),
    "cells one above the other": (
        f"{HEAD}<tr><td>Norway<td rowspan=2>2021<td>400<tr><td colspan=3>All<td>390",
        "Country: Norway | Year: 2021 | Quota: 400\nCountry: All | Year: 2021 | Quota: 390",
    ),
    "a header of two rows": (
        f"{EXPORTS}<tr><td>Norway<td>400<td>390<tr><td>Iceland<td colspan=2>none",
        "Country: Norway | Exports 2022: 400 | Exports 2023: 390\nCountry: Iceland | Exports: none",
    ),
    "a header of two rows in a part of its own": (
        "<thead><tr><th><th colspan=2>Exports</tr><tr><th>Country<th>2022<th>2023</thead><tr><th>Norway<th>400<th>390",
        "Country: Norway | Exports 2022: 400 | Exports 2023: 390",
    ),
    "a name of two columns": (
        "<tr><th>Country<th colspan=2>Exports<tr><td>Norway<td>400<td>390",
        "Country: Norway | Exports: 400 | Exports: 390",
    ),
    "a title and a section": (
        f"<tr><th colspan=4>Table 2: Herring</tr>{HEAD}<tr><th colspan=4>North Sea<tr><td>Norway<td>2021<td>400<td>390",
        "Table 2: Herring\nNorth Sea\nCountry: Norway | Year: 2021 | Quota: 400 | Catch: 390",
    ),
    "a second row of header cells that is one of values": (
        "<tr><th>Country<th>Quota<tr><th>Norway<th>400<tr><td>Iceland<td>9",
        "Country: Norway | Quota: 400\nCountry: Iceland | Quota: 9",
    ),
    "nothing but headers": (EXPORTS, "Country | Exports\nCountry | 2022 | 2023"),
}


@pytest.mark.parametrize(("rows", "text"), TABLES.values(), ids=TABLES)
def test_a_value_stands_after_the_name_of_its_column(rows: str, text: str) -> None:
    assert read_markup(f"<table>{rows}</table>").text == text


def test_cells_that_cover_a_vast_table_are_read_in_time() -> None:
    wide = "<td rowspan=65534 colspan=1000>x" * 300
    started = time.perf_counter()
    text = read_markup(f"<table><tr>{wide}{'<tr><td>y' * 2000}</table>").text
    assert text.endswith("y")
    assert time.perf_counter() - started < 20
