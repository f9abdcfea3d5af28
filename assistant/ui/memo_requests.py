"""What the page's script may ask for about memos, and what it gets: JSON; what is asked is checked first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.language.askable import MAX_QUESTION

_Id = Annotated[str, Field(max_length=64)]
_Line = Annotated[str, Field(max_length=MAX_QUESTION)]  # what was asked for a section comes back whenever it is saved
_Topic = Annotated[str, Field(max_length=2_000)]  # so that it fits a line with the words of a template around it
_Text = Annotated[str, Field(max_length=400_000)]
_Number = Annotated[int, Field(ge=0)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class List(_Asked):
    """The memos there are."""

    do: Literal["list"]


class Create(_Asked):
    """A new memo: by a template about a topic, still without sections; or without a template an empty one."""

    do: Literal["create"]
    topic: _Topic
    template: _Line = ""


class Rename(_Asked):
    """Another title from the list, whatever was changed meanwhile."""

    do: Literal["rename"]
    id: _Id
    title: _Line


class Discard(_Asked):
    """Deletes a memo, or with `undo` brings it back."""

    do: Literal["discard"]
    id: _Id
    undo: bool = False


class Written(_Asked):
    """What stands in the fields of a section, and the question that was asked for it."""

    heading: _Line
    question: _Line
    text: _Text


class Fields(_Asked):
    """What stands in all fields of a memo."""

    title: _Line
    sections: Annotated[tuple[Written, ...], Field(max_length=500)]


class Open(_Asked):
    """The memo as it is; `base` is what stood in its fields before, see `Save`."""

    do: Literal["open"]
    id: _Id
    base: Fields | None = None


class Save(_Asked):
    """What was typed, on top of `revision`; with `anyway` also where another window changed the memo since.

    Then the reply names the version that it `replaced`.
    `base` is what stood in the fields before, from which lost and doubled citations are told.
    """

    do: Literal["save"]
    id: _Id
    revision: _Number
    fields: Fields
    base: Fields | None = None
    anyway: bool = False


class Change(_Asked):
    """One change of the sections: `section` is moved to `to`, removed, or gets back the lost citation `token`."""

    do: Literal["move", "remove", "put back"]
    id: _Id
    revision: _Number
    section: _Number
    to: _Number = 0
    token: Annotated[str, Field(max_length=12)] = ""


class Unremove(_Asked):
    """A section that was removed, as it was in `version` of the memo, comes back to its place."""

    do: Literal["unremove"]
    id: _Id
    revision: _Number
    section: _Number
    version: _Number


class Add(_Asked):
    """A new section at the end under these words; where they are `asking`, the briefings answer them."""

    do: Literal["add"]
    id: _Id
    revision: _Number
    words: _Line
    asking: bool = False


class DraftOn(_Asked):
    """The next section of the template; with `leave` the draft ends as it is."""

    do: Literal["draft"]
    id: _Id
    revision: _Number
    leave: bool = False


class Restore(_Asked):
    """The memo as it was in an earlier version: to be looked at, or with `revision` to go on with."""

    do: Literal["version", "restore"]
    id: _Id
    version: _Number
    revision: _Number = 0


class Versions(_Asked):
    """The earlier versions of a memo."""

    do: Literal["versions"]
    id: _Id


class Export(_Asked):
    """The memo as a file."""

    do: Literal["export"]
    id: _Id
    suffix: Annotated[str, Field(max_length=12)]


class Collect(_Asked):
    """Evidence for the memo with this id, the last one that was changed, or with `anew` a new one.

    What stands there already is added only with `again`. `answer` is the key of an answer of the conversation: all of
    it, its sentence with the number `marker`, or the question that led to words of a document.
    """

    do: Literal["collect"]
    what: Literal["answer", "sentence", "quote"]
    conversation: _Id = ""
    memo: _Id = ""
    anew: bool = False
    again: bool = False
    answer: Annotated[str, Field(max_length=64)] | None = None
    marker: _Number = 0
    document: Annotated[str, Field(max_length=200)] = ""
    hash: Annotated[str, Field(max_length=100)] = ""
    start: _Number = 0
    end: _Number = 0


class Uncollect(_Asked):
    """The memo as it was in `version`, before evidence made it `revision`; one that was made for it is deleted."""

    do: Literal["uncollect"]
    id: _Id
    revision: _Number
    version: _Number = 0
    made: bool = False


Request = Annotated[
    List
    | Create
    | Open
    | Rename
    | Discard
    | Save
    | Change
    | Unremove
    | Add
    | DraftOn
    | Restore
    | Versions
    | Export
    | Collect
    | Uncollect,
    Field(discriminator="do"),
]
REQUEST: TypeAdapter[Request] = TypeAdapter(Request)
Reply = dict[str, object]
"""What the page's script gets, as JSON; HTML among it is escaped."""
