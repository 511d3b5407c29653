"""Who else is on a case just now, in sentences. Nobody is locked out: it is said, and that is all."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from mediane.attendance.states import Doing
from mediane.kit.french import join

# A page tells of itself every fifteen seconds: three silences, and it is gone.
EXPIRES = timedelta(seconds=45)


class Seen(NamedTuple):
    name: str
    doing: str


def sentences(others: Iterable[Seen], here: Doing) -> list[str]:
    """« Nadia Pruvost écrit ici. » first: whoever writes is not said to read."""
    seen = sorted(set(others))
    writing = {one.name for one in seen if one.doing != Doing.READING}
    mine = [one.name for one in seen if here != Doing.READING and one.doing == here]
    here_too = f"{join(mine)} {'écrivent' if len(mine) > 1 else 'écrit'} ici."
    elsewhere = [
        f"{one.name} {Doing(one.doing).label}."
        for one in seen
        if one.name not in mine and (one.doing != Doing.READING or one.name not in writing)
    ]
    return [here_too, *elsewhere] if mine else elsewhere
