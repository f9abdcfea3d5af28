"""Does verifying memos that nobody touched give false alarms?

    python -m benchmarks.memos [--json FILE]

Drafts a memo about each of ten topics from the sample briefings, by the templates in turn, exports each as .docx, .md
and .html, and verifies the thirty files against the same briefings: how many sentences and footnotes were looked at,
and how many were called faulty, each of which is a false alarm.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from itertools import cycle
from pathlib import Path

from assistant.memos.drafting import draft
from assistant.memos.export import export
from assistant.memos.template import load_template, template_files
from assistant.memos.verifying.checking import verify
from assistant.memos.verifying.edited import FORMATS, read_edited
from assistant.settings import Settings
from assistant.wiring import build_assistant, build_models, build_verifier
from benchmarks.runs import runner, write_results

TOPICS = (
    "the Black Sea grain deal",
    "Sweden's accession to NATO",
    "Finland's membership in NATO",
    "the attacks of the Houthis on ships",
    "the Suez Canal",
    "the sanctions on Li Shangfu",
    "the meeting of Austin and Dong Jun",
    "the Razoni",
    "Operation Prosperity Guardian",
    "Hungary's vote on Sweden",
)


def main() -> None:
    """Runs the measurement named on the command line."""
    parser = runner("memos", __doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(corpus=arguments.corpus, index=Path(place) / "index")
        models = build_models(settings)
        verifier = build_verifier(models)
        assistant = build_assistant(settings, command="benchmark", models=models)
        for _ in assistant.bring_up_to_date():
            pass
        looked, alarms, gaps = Counter[str](), [], 0
        for topic, name in zip(TOPICS, cycle(sorted(template_files())), strict=False):
            memo = list(draft(assistant, topic, load_template(name)))[-1].memo
            gaps += sum(not section.references for section in memo.sections)
            for suffix in FORMATS:
                file = Path(place) / f"memo{suffix}"
                export(memo, file)
                found = verify(read_edited(file), assistant.library.index.document, verifier)
                looked.update(finding.of for finding in found.findings)
                alarms += [f"{topic}, {name}{suffix}: {each.kind}: {each.text}" for each in found.faults]
        assistant.close()
    results: dict[str, object] = {
        "memos": len(TOPICS) * len(FORMATS),
        "sentences": looked["sentence"],
        "footnotes": looked["footnote"],
        "sections that say no briefing says": gaps,
        "false alarms": alarms,
    }
    print(json.dumps(results, indent=1, ensure_ascii=False))
    write_results(parser, arguments, results, settings={"embedding_model": settings.embedding_model})


if __name__ == "__main__":
    main()
