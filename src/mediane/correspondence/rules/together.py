"""One draft, two people: what each wrote since they saw the same text is put together, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from merge3 import Merge3


@dataclass(frozen=True)
class Clash:
    """The same lines, written otherwise by both: only somebody may choose."""

    mine: str
    theirs: str


@dataclass(frozen=True)
class Together:
    """`text` holds what both wrote; where they clash, it holds mine, and `clashes` holds both."""

    text: str
    clashes: tuple[Clash, ...] = ()


def lines_alike(text: str) -> str:
    """A browser sends other line breaks than it shows."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def together(base: str, mine: str, theirs: str) -> Together:
    """What `mine` and `theirs` each changed of `base`. No line written by either is lost silently."""
    kept: list[str] = []
    clashes: list[Clash] = []
    before, own_lines, their_lines = (lines_alike(text).split("\n") for text in (base, mine, theirs))
    merger = Merge3(before, own_lines, their_lines)
    for group in merger.merge_groups():
        if group[0] == "conflict":
            _, _, own, others = group
            kept += own
            clashes.append(Clash(_passage(own), _passage(others)))
        else:
            kept += group[1]
    return Together("\n".join(kept), tuple(clashes))


def _passage(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip()
