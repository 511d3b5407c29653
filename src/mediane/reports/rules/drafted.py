"""What is proposed for a section."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drafted:
    """A title that states the finding, and sentences; either may be nothing."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    # A paragraph each.
    is_apart: bool = False
