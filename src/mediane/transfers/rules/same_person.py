"""Whether a file number leads to the person that another Caf sent."""

from mediane.kit.text import fold


def bears_the_name(name_key: str, first_name: str, last_name: str) -> bool:
    """The same words, in any order. Anything else is for somebody to look at: a wrong figure in a number
    would open one person’s request to another."""
    return sorted(name_key.split()) == sorted(fold(f"{last_name} {first_name}").split())
