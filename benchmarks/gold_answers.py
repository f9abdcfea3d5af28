"""Whether a text gives a gold answer."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.evaluation.metrics.wording import squad_tokens


def gives_one(text: str, answers: Iterable[str]) -> bool:
    """Whether a text holds one of the answers, both after SQuAD's normalisation (best subspan match, Liu et al. 2024).

    So the podcast "Serial," is "Serial", too. An answer of which nothing would be left is looked for as it stands.
    """
    plain = " ".join(squad_tokens(text))
    normal = ((" ".join(squad_tokens(answer)), answer) for answer in answers)
    return any(wanted in plain if wanted else answer in text for wanted, answer in normal)
