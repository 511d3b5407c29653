"""What the desk shows of letters: which ways each one took, and what became of it on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mediane.casework.models import Posting
from mediane.casework.queries.casefile import CaseFile
from mediane.casework.queries.postings import place_of, sent_to
from mediane.casework.states import Fate, Paper, Postage, Retold
from mediane.correspondence.models import Letter
from mediane.kit import clock
from mediane.kit.french import long_date, short_date
from mediane.notifications.rules import Kind

# By what was noted of the e-mail that tells of a letter.
BY_EMAIL = {
    None: "Courriel\u00a0: part dans un instant",
    str(Kind.NONE): "Courriel\u00a0: aucun, la personne n’en veut pas ou n’a pas d’adresse",
}
SENT = "Courriel\u00a0: l’a avertie, sans rien en dire"


@dataclass(frozen=True)
class ShownPosting:
    """One letter on paper: where it stands, and what may be said of it next."""

    posting: Posting
    lines: list[str]

    @property
    def waits(self) -> bool:
        return self.posting.sent_at is None

    @property
    def may_end(self) -> bool:
        return not self.waits and not self.posting.fate


@dataclass(frozen=True)
class ShownLetter:
    """One letter, by the ways it took."""

    title: str
    ways: list[str]
    papers: list[ShownPosting]


@dataclass(frozen=True)
class Post:
    letters: list[ShownLetter]
    doubt: str


def post_of(file: CaseFile, letters: Sequence[Letter]) -> Post:
    """Each signed letter, newest first, then what else was printed."""
    zone = file.case.organisation.time_zone
    papers = [shown_posting(one, zone) for one in file.postings]
    signed = sorted(letters, key=lambda one: one.signed_at or one.saved_at, reverse=True)
    shown = [
        ShownLetter(
            letter.title,
            [_in_the_space(letter, zone), _by_email(letter)],
            [one for one in papers if str(one.posting.letter) == str(letter.public_id)],
        )
        for letter in signed
    ]
    shown += [ShownLetter(_of(one.posting), [], [one]) for one in papers if one.posting.letter is None]
    return Post(shown, _doubt(file))


def shown_posting(posting: Posting, zone: str) -> ShownPosting:
    return ShownPosting(posting, list(_lines(posting, zone)))


def left_in_words(posting: Posting) -> str:
    """« Lettre suivie 1A…, partie le 12 nov. »."""
    number = f" {posting.number}" if posting.number else ""
    on = f", partie le {short_date(posting.sent_on)}" if posting.sent_on else ""
    return f"{Postage(posting.postage).label}{number}{on}" if posting.postage else ""


def fate_in_words(posting: Posting) -> str:
    on = f", le {short_date(posting.fate_on)}" if posting.fate_on else ""
    return f"{Fate(posting.fate).label}{on}" if posting.fate else ""


def doubt_in_words(posting: Posting) -> str:
    """Of an address where nobody was found."""
    on = long_date(posting.fate_on) if posting.fate_on else ""
    return f"Une lettre est revenue de cette adresse le {on}\u00a0: destinataire inconnu. Vérifiez-la."


def _lines(posting: Posting, zone: str) -> list[str]:
    if posting.sent_at is None:
        return [f"À imprimer, préparée le {_day(posting.prepared_at, zone)}"]
    lines = [f"{left_in_words(posting)}, par {posting.sent_by}"]
    if posting.fate:
        lines.append(fate_in_words(posting))
    if posting.retold and posting.retold_at:
        done = f"{Retold(posting.retold).label}, le {_day(posting.retold_at, zone)}"
        lines.append(f"{done}, par {posting.retold_by}")
    return lines


def _in_the_space(letter: Letter, zone: str) -> str:
    on = _day(letter.signed_at or letter.saved_at, zone)
    read = f"ouverte le {_day(letter.read_at, zone)}" if letter.read_at else "pas encore ouverte"
    return f"Espace de suivi\u00a0: déposée le {on}, {read}"


def _by_email(letter: Letter) -> str:
    return BY_EMAIL.get(letter.notice, SENT)  # type: ignore[attr-defined]


def _of(posting: Posting) -> str:
    return ", ".join(filter(None, (posting.words, posting.name)))


def _doubt(file: CaseFile) -> str:
    place = place_of(file.reach)
    for one in file.postings:
        if one.fate == Fate.UNKNOWN and one.kind != Paper.SENDER and place and sent_to(one) == place:
            return doubt_in_words(one)
    return ""


def _day(at: datetime, zone: str) -> str:
    return short_date(clock.day_of(at, zone))
