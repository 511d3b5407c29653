"""Who read whose words. Everybody’s words are unread until somebody else approves the text they stand in."""

from collections.abc import Mapping

from mediane.kit.french import join

# The number of a person, as JSON keeps it, and the name.
Unread = Mapping[str, str]


def written(unread: Unread, number: int, name: str) -> dict[str, str]:
    """Once somebody wrote, or changed what goes with the text."""
    return {**unread, str(number): name}


def approved(unread: Unread, number: int) -> dict[str, str]:
    """Once somebody approved the whole: their own words still wait for another."""
    return {author: name for author, name in unread.items() if author == str(number)}


def may_be_read_by(unread: Unread, number: int) -> bool:
    """Whether somebody else’s words wait."""
    return any(author != str(number) for author in unread)


def authors(unread: Unread) -> str:
    """« Claire Vasseur et Nadia Pruvost »."""
    return join(sorted(unread.values()))


def not_read(unread: Unread) -> str:
    """Why a letter is not signed yet, and what to do."""
    return (
        f"Votre service veut une seconde lecture : ce qu’a écrit {authors(unread)} n’a pas été relu par "
        "une autre personne. Envoyez la lettre à relire depuis la page de rédaction."
    )
