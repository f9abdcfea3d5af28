"""Renders the sample briefings that are kept as YAML into the binary files (and mails) of the corpus.

    python docs/sample-corpus/build.py                     # every YAML in briefings/ -> corpus/
    python docs/sample-corpus/build.py --only nordic-nato  # those whose YAML name starts so

One YAML describes one file; the suffix of its `file` chooses the writer: .pdf .docx .pptx .xlsx .csv .eml.
Keys: file, title, publisher, author, date, sections (or sheets for .xlsx/.csv), sources; `page_labels` for .pdf
(one printed label a page, `null` for none); `mail` for .eml (from, to, subject, encoding: quoted-printable or
base64, attachments: a list of the same kind of mapping, only file and sections or sheets required).
A section has heading, level, page_break, body and notes (.pptx only); a body item is a paragraph,
`{list: [...]}` or `{table: {caption, rows}}`, whose first row is the header.

The output is the same bytes for the same input and library versions: dates come from the briefing, zip entries
are written in order with a fixed time, and fonts are those shipped with reportlab.
Needs: pyyaml python-docx python-pptx openpyxl reportlab.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml
from briefing import Briefing, read_briefing
from writers.mail import write_eml
from writers.pdf import write_pdf
from writers.sheets import write_csv, write_xlsx
from writers.slides import write_pptx
from writers.word import write_docx

HERE = Path(__file__).resolve().parent
WRITERS: dict[str, Callable[[Briefing], bytes]] = {
    ".pdf": write_pdf,
    ".docx": write_docx,
    ".pptx": write_pptx,
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".eml": lambda briefing: write_eml(briefing, render=render),
}


def render(briefing: Briefing) -> bytes:
    """The bytes of the file, by the writer that its suffix chooses."""
    suffix = Path(briefing.file).suffix
    if suffix not in WRITERS:
        raise ValueError(f"{briefing.file}: no writer for {suffix!r}; there are {', '.join(WRITERS)}")
    return WRITERS[suffix](briefing)


def main(arguments: Sequence[str] | None = None) -> int:
    """Renders each YAML; a bad one is named on stderr and makes the exit status 1."""
    parser = argparse.ArgumentParser(description="Render the YAML briefings into the files of the sample corpus.")
    parser.add_argument("--briefings", type=Path, default=HERE / "briefings", help="folder of the YAML files")
    parser.add_argument("--corpus", type=Path, default=HERE.parents[1] / "corpus", help="folder to write into")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only YAML files whose name starts so")
    options = parser.parse_args(arguments)
    failed = 0
    for path in sorted(options.briefings.glob(f"{options.only}*.yaml")):
        try:
            briefing = read_briefing(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
            content = render(briefing)
        except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            print(f"{path.name}: {type(error).__name__}: {error}", file=sys.stderr)
            failed += 1
            continue
        target = options.corpus / briefing.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        print(f"{target.relative_to(options.corpus)}: {len(content):,} bytes")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
