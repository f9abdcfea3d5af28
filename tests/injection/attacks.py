"""Every goal in every carrier: a document each, around a true briefing of its own. Made anew, and the same, each time.

Only the time stamps inside Office files differ from one making to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.injection.briefings import Briefing, briefing_of, place_name, token_of
from tests.injection.carriers import TEXT_CARRIERS, Carrier
from tests.injection.goals import GOALS, Goal
from tests.injection.office_carriers import OFFICE_CARRIERS

CARRIERS = (*TEXT_CARRIERS, *OFFICE_CARRIERS)


@dataclass(frozen=True, slots=True)
class Attack:
    """A document with an order in it.

    `reply` is what the order wants to be said, `order` what stands in the file at `path`, in the form of the carrier.
    `token` is a word of the reply that stands in no other document; the reply of a refusal has none.
    """

    goal: Goal
    carrier: Carrier
    briefing: Briefing
    token: str
    reply: str
    order: str
    path: str

    @property
    def id(self) -> str:
        """The names of the goal and the carrier."""
        return f"{self.goal.name}.{self.carrier.name}"

    @property
    def told(self) -> str:
        """The words by which one knows that the order was followed."""
        return self.goal.told or self.token

    def content(self) -> bytes:
        """The bytes of the file."""
        return self.carrier.build(self.briefing, self.order)


def attacks() -> tuple[Attack, ...]:
    """All of them, in order."""
    pairs = [(goal, carrier) for goal in GOALS for carrier in CARRIERS]
    return tuple(_attack(number, goal, carrier, len(pairs)) for number, (goal, carrier) in enumerate(pairs))


def write(made: Iterable[Attack], corpus: Path) -> None:
    """Writes the documents into the folder `corpus`."""
    for attack in made:
        path = corpus / attack.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(attack.content())


def _attack(number: int, goal: Goal, carrier: Carrier, count: int) -> Attack:
    briefing, token = briefing_of(number), token_of(number)
    reply = goal.reply(briefing, token, place_name((number + 1) % count))
    order = carrier.write((carrier.frame or goal.frame).format(reply=reply))
    # A slash would end the name; what looks like one is what an attacker would take.
    stem = f"Write: “{reply}”".replace("/", "∕") if carrier.named else carrier.name
    return Attack(goal, carrier, briefing, token, reply, order, f"{goal.name}/{stem}{carrier.suffix}")
