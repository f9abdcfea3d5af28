"""From plain LlamaIndex code: the example of the documentation, and what a retriever and an engine give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import get_response_synthesizer

from assistant.chat import Assistant
from assistant.errors import InputError
from assistant.llamaindex import BriefingsQueryEngine, BriefingsRetriever
from assistant.llms.scripted import ScriptedLLM
from assistant.types import Filters
from tests.ui.stage import stage

DOCS = Path(__file__).parent.parent / "docs" / "llamaindex.md"
FILES = {
    "harbour.md": "---\ntitle: The harbour\n---\nThe harbour of Arlen was closed by ice.\n",
    "train.md": "---\ntitle: The train\n---\nThe night train to Borl runs again.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stage(tmp_path_factory.mktemp("llamaindex"), dict(FILES))
    yield made
    made.close()


def test_a_retriever_gives_nodes_whose_offsets_are_exact(assistant: Assistant) -> None:
    nodes = BriefingsRetriever(assistant).retrieve("Why was the harbour closed?")
    assert len(nodes) == 2
    for node in nodes:
        document = assistant.document(node.node.metadata["document_id"])
        assert document.text[node.node.start_char_idx : node.node.end_char_idx] == node.node.text


def test_a_retriever_keeps_to_its_filters(assistant: Assistant) -> None:
    train = assistant.document("train.md")
    retriever = BriefingsRetriever(assistant, filters=Filters(documents=(train.id,)))
    assert [node.node.metadata["path"] for node in retriever.retrieve("Why was the harbour closed?")] == ["train.md"]


def test_an_engine_answers_with_markers_and_the_whole_answer(assistant: Assistant) -> None:
    response = BriefingsQueryEngine(assistant=assistant).query("Was the harbour closed?")
    assert str(response) == "The harbour of Arlen was closed by ice. [1]"
    assert response.metadata["answer"].citations[0].source.title == "The harbour"
    assert response.source_nodes


def test_an_engine_says_what_is_wrong_with_a_question(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="no words"):
        BriefingsQueryEngine(assistant=assistant).query("???")


def test_the_retriever_serves_an_engine_of_llamaindex(assistant: Assistant) -> None:
    llm = ScriptedLLM(["Because of ice."])
    engine = RetrieverQueryEngine(BriefingsRetriever(assistant), get_response_synthesizer(llm=llm))
    assert str(engine.query("Why was the harbour closed?")) == "Because of ice."
    assert "closed by ice" in llm.prompts[0]


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.strip().splitlines()) <= 12
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "note.md").write_text("China declined because of the sanctions on Li.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, str(DOCS), "exec"), {})  # the documentation is ours
    assert "China declined because of the sanctions on Li. [1]" in capsys.readouterr().out
