"""The plugin in other people's repositories: a real pytest run over real briefings with the real model.

Most runs share this process, so that the libraries are imported once; what looks at imports has one of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.settings import Settings
from assistant.wiring import build_assistant

BRIEFING = """\
# Harbour note

The port of Miravale closed on 3 March 2024. The closure followed a crane accident in which two workers died.
The port reopened on 9 March 2024 after an inspection.
"""
GOLDEN = """\
corpus: briefings
cases:
  - id: how-many
    question: How many workers died in the crane accident?
    relevant: [{document: note.md, quote: a crane accident in which two workers died}]
    must_say: [two]
    tags: [quick]
  - id: who-owns
    question: Who won the 2022 World Cup?
    answerable: false
"""


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An answer, for the modules that it imports: a run within a run forgets its own, and NumPy loads only once."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "briefings").mkdir()
    (folder / "briefings" / "note.md").write_text(BRIEFING, encoding="utf-8")
    settings = Settings(corpus=folder / "briefings", index=folder / "index", reading=False)
    assistant = build_assistant(settings, command="tests")
    for _ in assistant.bring_up_to_date():
        pass
    assert assistant.ask("How many workers died in the crane accident?").citations
    assistant.close()


@pytest.fixture
def repository(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty repository with one briefing and ten lines of golden cases; its cache is its own.

    Nothing is read, which would take most of the time.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    monkeypatch.setenv("ASSISTANT_READING", "false")
    (pytester.path / "briefings").mkdir()
    (pytester.path / "briefings" / "note.md").write_text(BRIEFING, encoding="utf-8")
    (pytester.path / "my_cases.golden.yaml").write_text(GOLDEN, encoding="utf-8")
    return pytester


def run(repository: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return repository.runpytest_inprocess("-p", "no:cacheprovider", *arguments)


def run_apart(repository: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return repository.runpytest_subprocess("-p", "no:cacheprovider", *arguments, timeout=120)


def accept() -> None:
    """Makes what the golden file in this folder gives now the baseline."""
    with pytest.raises(SystemExit) as ended:
        main(["eval", "my_cases.golden.yaml", "--accept"])
    assert ended.value.code == 0


def test_golden_files_are_collected_and_pass_until_the_document_changes(repository: pytest.Pytester) -> None:
    result = run_apart(repository, "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["my_cases.golden.yaml::how-many PASSED*", "my_cases.golden.yaml::who-owns PASSED*"])

    changed = BRIEFING.replace("The closure followed a crane accident in which two workers died.", "Nobody was hurt.")
    (repository.path / "briefings" / "note.md").write_text(changed, encoding="utf-8")
    result = run(repository)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ golden case how-many _*",
            "a quote of the case does not resolve: *my_cases.golden.yaml:5: the quote 'a crane accident in which two*",
            "question: How many workers died in the crane accident?",
            "FAILED my_cases.golden.yaml::how-many - a quote of the case does not*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_failure_shows_the_answer_its_citations_and_what_was_expected(repository: pytest.Pytester) -> None:
    wrong = GOLDEN.replace("a crane accident in which two workers died", "The port reopened on 9 March 2024").replace(
        "must_say: [two]", "must_say: [earthquake]"
    )
    (repository.path / "my_cases.golden.yaml").write_text(wrong, encoding="utf-8")
    result = run(repository, "-k", "quick")
    result.assert_outcomes(failed=1, deselected=1)
    result.stdout.fnmatch_lines(
        [
            "*words are missing from the answer: *earthquake*",
            "answered, answerability *",
            "*crane accident*",
            "*[[]1[]] note.md, characters *",
            "expected:",
            "*The port reopened on 9 March 2024*",
        ]
    )


def test_tags_are_marks(repository: pytest.Pytester) -> None:
    result = run(repository, "--collect-only", "-q", "--strict-markers", "-m", "golden and quick")
    result.stdout.fnmatch_lines(["my_cases.golden.yaml::how-many"])
    result.stdout.no_fnmatch_line("*who-owns*")


def test_a_mistake_in_the_file_is_an_error_of_collection_with_its_line(repository: pytest.Pytester) -> None:
    (repository.path / "my_cases.golden.yaml").write_text(GOLDEN.replace("must_say", "mustsay"), encoding="utf-8")
    result = run(repository)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*my_cases.golden.yaml:6: cases.0.mustsay: this key is not known"])


def test_the_corpus_of_the_command_line_wins(repository: pytest.Pytester) -> None:
    (repository.path / "briefings").rename(repository.path / "elsewhere")
    run(repository).assert_outcomes(errors=1)
    run(repository, "--assistant-corpus", "elsewhere").assert_outcomes(passed=2)
    repository.makeini("[pytest]\nassistant_corpus = elsewhere\n")
    run(repository).assert_outcomes(passed=2)


def test_what_failed_in_the_baseline_is_expected_to_fail_and_nothing_else(repository: pytest.Pytester) -> None:
    hard = GOLDEN.replace("must_say: [two]", "must_say: [earthquake]")
    golden = repository.path / "my_cases.golden.yaml"
    golden.write_text(hard, encoding="utf-8")
    accept()
    assert len(json.loads((repository.path / "baseline.json").read_text(encoding="utf-8"))["results"]) == 2
    result = run(repository, "-rx", "--assistant-baseline", "baseline.json")
    result.assert_outcomes(passed=1, xfailed=1)
    result.stdout.fnmatch_lines(["XFAIL *how-many - failed in the baseline already: words are missing*"])

    golden.write_text(hard.replace("earthquake", "volcano"), encoding="utf-8")  # another case than the baseline's
    run(repository, "--assistant-baseline", "baseline.json").assert_outcomes(passed=1, failed=1)


def test_the_fixture_asks_and_answers_can_be_asserted(repository: pytest.Pytester) -> None:
    repository.makepyfile(
        test_mine="""
        from datetime import date

        def test_cites(ask):
            answer = ask("How many workers died in the crane accident?")
            assert answer.cites("a crane accident in which two workers", document="note.md")
            assert not answer.cites("The port reopened", document="other.md")
            assert answer.says("two WORKERS")
            assert not answer.abstains

        def test_abstains(ask):
            assert ask("Who won the 2022 World Cup?").abstains

        def test_follows_up(ask):
            answer = ask("and when did it reopen?", history=["When did the port of Miravale close?"])
            assert "Miravale" in answer.answer.query

        def test_fails(ask):
            answer = ask("How many workers died in the crane accident?")
            assert answer.cites("The closure followed a crane failure")
        """
    )
    result = run(repository, "test_mine.py", "--assistant-corpus", "briefings")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*where False = cites('The closure followed a crane failure')",
            "*where cites = <answered '*crane accident*'>.cites",
            "*Captured assistant*",
            "question: How many workers died in the crane accident?",
            "*[[]1[]] note.md *",
            "looked for a citation of 'The closure followed a crane failure'",
            "*nearest in a cited document: The closure followed a crane accident in which two workers died.",
        ]
    )


def test_the_fixture_needs_to_know_the_briefings(repository: pytest.Pytester) -> None:
    repository.makepyfile(test_mine="def test_it(ask): ask('Why?')")
    result = run(repository, "test_mine.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*--assistant-corpus FOLDER*"])


def test_a_run_without_golden_cases_imports_nothing_heavy(repository: pytest.Pytester) -> None:
    (repository.path / "my_cases.golden.yaml").unlink()
    heavy = ["torch", "llama_index", "gradio", "chromadb", "numpy", "pydantic", "yaml", "typer"]
    repository.makepyfile(test_mine=f"import sys\ndef test_it(): assert not set({heavy}) & set(sys.modules)")
    run_apart(repository, "-p", "no:hypothesispytest", "test_mine.py").assert_outcomes(passed=1)


def test_the_baseline_is_left_alone_by_a_test_run(repository: pytest.Pytester) -> None:
    run(repository).assert_outcomes(passed=2)
    kept = {path.name for path in Path(repository.path).iterdir()}
    assert "baseline.json" not in kept
    assert "index" not in kept


def test_tags_that_cannot_name_a_mark_stay_tags(repository: pytest.Pytester) -> None:
    golden = GOLDEN.replace("tags: [quick]", "tags: [quick, 'a:b', _x, 'a (b', two words]")
    (repository.path / "my_cases.golden.yaml").write_text(golden, encoding="utf-8")
    result = run(repository, "--collect-only", "-q", "--strict-markers", "-m", "quick")
    result.stdout.fnmatch_lines(["my_cases.golden.yaml::how-many", "1/2 tests collected*"])


def test_collecting_golden_files_loads_no_model(repository: pytest.Pytester) -> None:
    repository.makeconftest(
        "import sys\n"
        "def pytest_collection_finish(session):\n"
        "    loaded = {'torch', 'llama_index', 'gradio', 'chromadb', 'scipy'} & set(sys.modules)\n"
        "    print('collected', len(session.items), 'loaded', sorted(loaded))\n"
    )
    run_apart(repository, "--collect-only", "-s").stdout.fnmatch_lines(["*collected 2 loaded [[][]]*"])


def test_no_baseline_excuses_a_quote_that_is_gone(repository: pytest.Pytester) -> None:
    golden = repository.path / "my_cases.golden.yaml"
    golden.write_text(GOLDEN.replace("must_say: [two]", "must_say: [earthquake]"), encoding="utf-8")
    accept()
    run(repository, "--assistant-baseline", "baseline.json").assert_outcomes(passed=1, xfailed=1)
    note = repository.path / "briefings" / "note.md"
    note.write_text(BRIEFING.replace("two workers died", "two workers were killed"), encoding="utf-8")
    run(repository, "--assistant-baseline", "baseline.json").assert_outcomes(passed=1, failed=1)


def test_paths_are_those_of_the_configuration_file_and_of_the_start(repository: pytest.Pytester) -> None:
    (repository.path / "settings").mkdir()
    (repository.path / "briefings").rename(repository.path / "settings" / "elsewhere")
    (repository.path / "settings" / "pytest.ini").write_text("[pytest]\nassistant_corpus = elsewhere\n")
    ini = ("-c", "settings/pytest.ini", "--rootdir", ".", "my_cases.golden.yaml")
    run(repository, "--collect-only", "-q", *ini).stdout.fnmatch_lines(["*2 tests collected*"])
    repository.makepyfile(
        test_mine="""
        import pytest

        @pytest.fixture
        def elsewhere(monkeypatch, tmp_path):
            monkeypatch.chdir(tmp_path)

        def test_it(elsewhere, ask):
            assert ask("How many workers died in the crane accident?").says("two")
        """
    )
    run(repository, "test_mine.py", "--assistant-corpus", "settings/elsewhere").assert_outcomes(passed=1)


def test_an_index_that_could_not_be_made_does_not_hang_the_next_test(repository: pytest.Pytester) -> None:
    repository.makeconftest(
        """
        import pytest

        @pytest.fixture(autouse=True, scope="session")
        def broken():
            from assistant.index.library import Library
            sync, calls = Library.sync, []
            def failing(self):
                calls.append(self)
                if len(calls) == 1:
                    raise RuntimeError("stopped on the way")
                return sync(self)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Library, "sync", failing)
                yield
        """
    )
    repository.makepyfile(
        test_mine="""
        def test_first(ask): ask("How many workers died?")
        def test_second(ask): assert ask("How many workers died in the crane accident?").says("two")
        """
    )
    run(repository, "test_mine.py", "--assistant-corpus", "briefings").assert_outcomes(passed=1, failed=1)
