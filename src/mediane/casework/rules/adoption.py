"""How far the online procedure has replaced the other ways in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Adoption:
    """Requests received online and otherwise."""

    online: int = 0
    others: int = 0

    def __add__(self, other: "Adoption") -> "Adoption":
        return Adoption(self.online + other.online, self.others + other.others)

    @property
    def share(self) -> int | None:
        """Online, of all, in hundredths; None of nothing."""
        total = self.online + self.others
        return round(100 * self.online / total) if total else None
