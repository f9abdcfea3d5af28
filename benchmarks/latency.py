"""How long a warm extractive answer takes over a corpus, and how soon after its start the page answers.

    python -m benchmarks.latency [--corpus FOLDER] [--questions 100] [--start] [--json FILE]

The median and the 95th percentile, each with its interval, over different questions asked once each: those of
`corpus/.questions.txt`, of this file, and one about each of many headings of the briefings (no request for an overview,
as nothing is read for it), in shuffled order; nothing is answered from memory of the same question. The CPU time beside
it is that of this process, all threads together, and is moved less by other work on the machine. Then (with --start)
the seconds from starting `assistant serve` in a process of its own to the page being served, and those of
`assistant ask` in a new process. Absolute times depend on the machine; quote them with it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import asdict
from pathlib import Path

from assistant.chat import Assistant
from assistant.settings import Settings
from assistant.wiring import build_assistant
from benchmarks.runs import runner, write_results
from benchmarks.statistics import estimate, quantile

QUESTIONS = (
    "why did China decline?",
    "Who won the 2022 World Cup?",
    "How many tonnes of grain were exported?",
    "When did Sweden join NATO, and why did Hungary wait?",
    "What did the Pentagon say about the sanctions on Li Shangfu?",
    "what happened in May 2023?",
)


def main() -> None:
    """Runs the measurement named on the command line."""
    parser = runner("latency", __doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--start", action="store_true", help="measure the start of the page as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=arguments.corpus, index=Path(folder) / "index")
        assistant = build_assistant(settings, command="benchmark")
        for _ in assistant.bring_up_to_date():
            pass
        results = answers(assistant, arguments.questions)
        assistant.close()
        if arguments.start:
            results |= start(settings)
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"embedding_model": settings.embedding_model})


def answers(assistant: Assistant, count: int) -> dict[str, object]:
    """Seconds of a warm answer to a new question: median, 95th percentile, slowest; and how large the corpus is."""
    chance = random.Random(0)
    documents = assistant.library.index.documents()
    headings = sorted({heading.span.of(document.text) for document in documents for heading in document.headings})
    chance.shuffle(headings)
    about = (f"Which decision concerned {heading}?" for heading in headings)
    questions = [*QUESTIONS, *assistant.state().examples, *about][:count]
    chance.shuffle(questions)
    assistant.ask("What do the briefings say?")
    assistant.library.index.wait_until_proved(120)  # the proof at the start is not part of an answer
    seconds, busy = [], []
    for question in questions:
        began, began_busy = time.perf_counter(), time.process_time()
        assistant.ask(question)
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - began_busy)
    return {
        "documents": len(documents),
        "passages": assistant.library.index.chunk_count,
        "median_seconds": asdict(estimate(seconds, statistic=quantile(0.5))),
        "p95_seconds": asdict(estimate(seconds, statistic=quantile(0.95))),
        "slowest_seconds": max(seconds),
        "median_cpu_seconds": asdict(estimate(busy, statistic=quantile(0.5))),
    }


def start(settings: Settings) -> dict[str, object]:
    """Seconds from starting `assistant serve` over the finished index to the page, and to the first answer."""
    port = 17871
    command = [sys.executable, "-m", "assistant", "serve", "--no-open", "--port", str(port)]
    command += ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = _until_served(f"http://127.0.0.1:{port}/", began)
    finally:
        process.terminate()
        process.wait(30)
    began = time.perf_counter()
    ask = [sys.executable, "-m", "assistant", "ask", QUESTIONS[0], "--corpus", str(settings.corpus)]
    subprocess.run([*ask, "--index", str(settings.index)], check=True, capture_output=True)
    return {
        "page_seconds": round(page, 2),
        "first_answer_of_a_new_process_seconds": round(time.perf_counter() - began, 2),
    }


def _until_served(url: str, began: float) -> float:
    while time.perf_counter() - began < 60:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                if reply.status == 200:
                    return time.perf_counter() - began
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError("the page was not served within 60 s")


if __name__ == "__main__":
    main()
