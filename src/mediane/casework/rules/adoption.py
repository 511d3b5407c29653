"""How far the online procedure has replaced the other ways in, said without showing one person."""

from dataclasses import dataclass

# Fewer than this is not told apart: in a small Caf, one request is somebody’s.
SMALLEST = 5


@dataclass(frozen=True)
class Adoption:
    """Requests received online and otherwise."""

    online: int = 0
    others: int = 0

    def __add__(self, other: "Adoption") -> "Adoption":
        return Adoption(self.online + other.online, self.others + other.others)

    @property
    def is_small(self) -> bool:
        return any(0 < number < SMALLEST for number in (self.online, self.others))

    @property
    def share(self) -> int | None:
        """Online, of all, in hundredths; None where it would give away a number that is not told."""
        total = self.online + self.others
        return None if self.is_small or not total else round(100 * self.online / total)
