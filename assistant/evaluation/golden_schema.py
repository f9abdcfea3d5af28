"""What a golden file may hold, and the JSON schema of it for editors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, model_validator

SCHEMA = Path(__file__).with_name("golden.schema.json")

_Words = StrictStr | StrictInt | StrictFloat
_Line = Annotated[StrictStr, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QuoteEntry(_Entry):
    """Words of a document; white space counts as one space."""

    document: _Line = Field(description="Path within the corpus folder, as `assistant list` prints it.")
    quote: _Line = Field(description="Words that stand in the document.")


class EvidenceEntry(_Entry):
    """One thing that a full answer shows: a quote, or several of which any one is enough."""

    document: _Line | None = Field(None, description="Path within the corpus folder, as `assistant list` prints it.")
    quote: _Line | None = Field(None, description="Words that stand in the document.")
    any: Annotated[list[QuoteEntry], Field(min_length=1)] | None = Field(
        None, description="The same fact in several documents: any one is enough."
    )

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.any is not None) == (self.document is not None or self.quote is not None):
            raise ValueError("give either `document` and `quote`, or `any` with a list of them")
        if self.any is None and (self.document is None or self.quote is None):
            raise ValueError("`document` and `quote` belong together")
        return self


class CaseEntry(_Entry):
    """One question with what a right answer shows."""

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")] = Field(description="Unique in the golden set.")
    question: _Line
    history: list[_Line] = Field([], description="Questions asked before in the same conversation, in order.")
    answerable: bool = Field(True, description="false: the right outcome is to abstain.")
    relevant: list[EvidenceEntry] = Field([], description="What a full answer shows, each with its place.")
    reference_answer: _Line | None = None
    must_say: list[_Words | Annotated[list[_Words], Field(min_length=1)]] = Field(
        [], description="Words that the answer must hold; a list gives alternatives."
    )
    must_not_say: list[_Words] = Field([], description="Words that the answer must not hold.")
    as_of: date | None = Field(None, description="Answer as on this day: documents dated later are hidden.")
    tags: list[_Line] = []

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.answerable and not self.relevant:
            raise ValueError("an answerable case needs `relevant`: the words of the documents that answer it")
        if not self.answerable and (self.relevant or self.must_say or self.reference_answer):
            raise ValueError(
                "an unanswerable case has no `relevant`, `must_say` or `reference_answer`: abstaining is right"
            )
        return self


class FileEntry(_Entry):
    """A golden file."""

    corpus: _Line | None = Field(None, description="Folder of the briefings, relative to this file.")
    split: Literal["development", "test"] = Field(
        "development", description="Settings may be tuned on development cases only."
    )
    tags: list[_Line] = Field([], description="Tags of every case in the file.")
    cases: Annotated[list[CaseEntry], Field(min_length=1)]


def golden_schema() -> dict[str, object]:
    """The JSON schema of a golden file, for editors; `golden.schema.json` is this."""
    schema = FileEntry.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Golden cases of Briefing Assistant",
    }


if __name__ == "__main__":
    SCHEMA.write_text(json.dumps(golden_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
