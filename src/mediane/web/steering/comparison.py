"""The difference that a draft would make, as the page of its trial shows it."""

from collections import Counter
from typing import Any

from mediane.eligibility.queries import Simulation
from mediane.eligibility.rules import Ending, Obstacle, Verdict
from mediane.kit.french import count, long_date
from mediane.organisations.queries import all_cafs
from mediane.web.steering import words

ORDER: tuple[Ending, ...] = (
    (Verdict.OPEN, None),
    (Verdict.EARLY, Obstacle.PREMATURE),
    *((Verdict.STOPPED, obstacle) for obstacle in Obstacle),
    (Verdict.UNKNOWN, None),
)
Moves = Counter[tuple[Ending, Ending]]


def compared(trial: Simulation) -> dict[str, Any]:
    return {
        "trial": trial,
        "lead": _lead(trial),
        "endings": _endings(trial.moves),
        "moves": _moves(trial.moves),
        "by_caf": _by_caf(trial),
    }


def _lead(trial: Simulation) -> str:
    if not trial.total:
        return f"Aucun test depuis le {long_date(trial.since)}\u00a0: il n’y a rien à rejouer."
    tests = count(trial.total, "test passé", "tests passés")
    if not trial.changed:
        return f"{tests} depuis le {long_date(trial.since)}\u00a0: aucun n’aurait fini autrement."
    ends = count(trial.changed, "aurait fini", "auraient fini")
    return f"{tests} depuis le {long_date(trial.since)}\u00a0: {ends} autrement."


def _endings(moves: Moves) -> list[dict[str, Any]]:
    before, after = _sums(moves)
    return [
        {
            "label": words.ending(end),
            "before": before[end],
            "after": after[end],
            "difference": after[end] - before[end],
        }
        for end in ORDER
        if before[end] or after[end]
    ]


def _sums(moves: Moves) -> tuple[Counter[Ending], Counter[Ending]]:
    before: Counter[Ending] = Counter()
    after: Counter[Ending] = Counter()
    for (was, would_be), number in moves.items():
        before[was] += number
        after[would_be] += number
    return before, after


def _moves(moves: Moves) -> list[dict[str, Any]]:
    changed = [(pair, number) for pair, number in moves.most_common() if pair[0] != pair[1]]
    return [
        {"before": words.ending(was), "after": words.ending(would_be), "number": number}
        for (was, would_be), number in changed
    ]


def _by_caf(trial: Simulation) -> list[dict[str, Any]]:
    """Cafs where something would change, in the order of their codes."""
    rows = []
    for caf in all_cafs():
        moves = trial.by_caf.get(caf.pk, Counter())
        become = _become(moves)
        if become:
            rows.append(
                {
                    "caf": caf,
                    "tests": moves.total(),
                    **{verdict.value: become[verdict] for verdict in Verdict},
                }
            )
    return rows


def _become(moves: Moves) -> Counter[Verdict]:
    """Among the tests that would end otherwise, how they would end."""
    become: Counter[Verdict] = Counter()
    for (was, would_be), number in moves.items():
        if was != would_be:
            become[would_be[0]] += number
    return become
