"""The documents that go with a letter, beside it in the follow-up space."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from mediane.casework.models import Case
from mediane.casework.queries.own_case import may_see
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.rules.enclosed import HERS_ALONE
from mediane.documents.models import Document
from mediane.documents.queries import may_be_read_by
from mediane.journal.rules import Actor
from mediane.kit.french import NBSP, weight


@dataclass(frozen=True)
class Piece:
    """A line of the list; without an address, it is named and not opened."""

    name: str
    note: str = ""
    href: str = ""


def may_open(by: Actor, case: Case) -> Callable[[Document], bool]:
    sees = may_see(by, case)
    return lambda document: sees(document) and may_be_read_by(by, document)


def pieces_of(letter: Letter, case: Case, by: Actor) -> list[Piece]:
    """In their order. What may not be seen is not named: its name says something too."""
    rows = enclosures_of(letter)
    if not rows:
        return []
    sees, opens = may_see(by, case), may_open(by, case)
    lines = []
    for one in rows:
        if not sees(one.document):
            lines.append(Piece(HERS_ALONE))
            continue
        known = {"reference": case.reference, "public_id": letter.public_id, "place": one.rank}
        href = reverse("citizen:enclosure", kwargs=known) if opens(one.document) else ""
        lines.append(Piece(one.shown_name, _note(one.document, is_open=bool(href)), href))
    return lines


def _note(document: Document, *, is_open: bool) -> str:
    if not is_open:
        return "Ne peut plus être ouverte ici\u00a0: demandez-la-nous"
    pages = f"{document.pages}{NBSP}pages, " if document.pages > 1 else ""
    return f"{pages}{weight(document.size)}"
