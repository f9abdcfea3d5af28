from __future__ import annotations

import json

from assistant.types import Span
from assistant.work.conversations import Conversations
from assistant.work.database import Database
from assistant.work.exporting import conversation_as_json
from assistant.work.records import Feedback, Review
from assistant.work.turn_json import turn_from_text
from tests.work.nouns import answered


def test_an_export_holds_every_turn_with_its_evidence(database: Database) -> None:
    saved = Conversations(database)
    saved.save("c1", answered("When did it end?"))
    second = saved.save("c1", answered("Why \ud800?"), gone=(answered("When did it end?"),))
    saved.rate(second, Feedback("down", "too short"))
    saved.review(second, Review(Span(0, 2), "rejected", "which?"))
    text = conversation_as_json(saved.open("c1"))
    content = json.loads(text.encode("utf-8"))
    assert content["title"] == "When did it end?"
    assert content["turns"][0]["feedback"] == {"thumb": "down", "reason": "too short"}
    (review,) = content["turns"][0]["reviews"]
    assert review == {"span": {"start": 0, "end": 2}, "decision": "rejected", "note": "which?"}
    for key, turn in (("turns", answered("Why \ud800?")), ("earlier", answered("When did it end?"))):
        (exported,) = content[key]
        assert turn_from_text(json.dumps(exported)) == turn
