"""How fast a folder is indexed: against the bare model on the same texts, and against LlamaIndex's own pipeline.

    python -m benchmarks.indexing [--files 100] [--paragraphs 8] [--rounds 3] [--json FILE]

The LlamaIndex side is IngestionPipeline with SentenceSplitter, HuggingFaceEmbedding of the same model and a persistent
Chroma, and needs `pip install llama-index-embeddings-huggingface llama-index-vector-stores-chroma`. Models are loaded
before the clock starts. Rounds alternate, and the median of each is reported.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from assistant.embedding.transformer import TransformerEmbedder
from assistant.index.vectors.index import VectorIndex
from benchmarks.made_corpus import chunker_for, made_folder, synced
from benchmarks.runs import runner, write_results

Measured = dict[str, float]


def ours(corpus: Path, place: Path, embedder: TransformerEmbedder) -> tuple[Measured, list[str]]:
    """One sync into an empty index, until Chroma is proved; the texts that were embedded."""
    chunker = chunker_for(embedder)
    started = time.perf_counter()
    with synced(corpus, place, embedder) as (index, _):
        searchable = time.perf_counter() - started
        engine = index.vectors
        if not isinstance(engine, VectorIndex) or not engine.wait_until_proved(600):
            raise SystemExit("the vector index was not proved")
        proved = time.perf_counter() - started
        texts = [
            chunker.embedded_text(document, chunk)
            for document in index.documents()
            for chunk in index.chunks_of(document.id)
        ]
    return {"searchable_seconds": searchable, "chroma_proved_seconds": proved, "texts": len(texts)}, texts


def bare(texts: list[str], embedder: TransformerEmbedder) -> Measured:
    """The model alone on these texts, sorted by length."""
    ordered = sorted(texts, key=len)
    started = time.perf_counter()
    embedder.encode(ordered)
    return {"seconds": time.perf_counter() - started, "texts": len(texts)}


def llama_index(model: Path) -> Callable[[Path, Path], Measured]:
    """LlamaIndex's pipeline with its model loaded."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    embedding = HuggingFaceEmbedding(model_name=str(model), embed_batch_size=32)
    embedding.get_text_embedding("warm")

    def run(corpus: Path, place: Path) -> Measured:
        started = time.perf_counter()
        client = chromadb.PersistentClient(str(place), chromadb.Settings(anonymized_telemetry=False))
        collection = client.create_collection("stock", metadata={"hnsw:space": "cosine"}, embedding_function=None)
        pipeline = IngestionPipeline(
            # as large as the model reads: LlamaIndex's default of 1,024 would be cut off at 256 without a word
            transformations=[SentenceSplitter(chunk_size=254, chunk_overlap=0), embedding],
            vector_store=ChromaVectorStore(chroma_collection=collection),
        )
        nodes = pipeline.run(documents=SimpleDirectoryReader(str(corpus), recursive=True).load_data())
        return {"seconds": time.perf_counter() - started, "texts": len(nodes)}

    return run


def main() -> None:
    """Measures and writes the result."""
    parser = runner("indexing", __doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--paragraphs", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    embedder = TransformerEmbedder()
    embedder.encode(["warm"])
    stock = llama_index(embedder.folder)
    sides: dict[str, list[Measured]] = {"ours": [], "bare model": [], "LlamaIndex": []}
    with made_folder(files=arguments.files, paragraphs=arguments.paragraphs) as made:
        for number in range(arguments.rounds):
            measured, texts = ours(made.corpus, made.indexes / f"ours-{number}", embedder)
            sides["ours"].append(measured)
            sides["bare model"].append(bare(texts, embedder))
            sides["LlamaIndex"].append(stock(made.corpus, made.indexes / f"stock-{number}"))
    middle = {
        side: {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0]}
        for side, runs in sides.items()
    }
    results = {
        "files": arguments.files,
        "bytes": made.size,
        "medians": middle,
        "share_of_the_bare_model": round(middle["bare model"]["seconds"] / middle["ours"]["searchable_seconds"], 3),
        "times_llama_index": round(middle["LlamaIndex"]["seconds"] / middle["ours"]["chroma_proved_seconds"], 2),
        "rounds": sides,
    }
    print(json.dumps(results, indent=1))
    write_results(parser, arguments, results, settings={"embedder": embedder.fingerprint})


if __name__ == "__main__":
    main()
