"""The explanation of an overpayment that a letter carries: a copy, sealed with the key of its case."""

from datetime import date

from mediane.correspondence.models import Letter
from mediane.correspondence.paper import AnnexSheet
from mediane.debts.queries import written_for
from mediane.debts.rules.kept import explained_as_bytes, explained_of
from mediane.debts.rules.overpayment import Explained, alternative, difference_words, month_name, totals
from mediane.debts.rules.picture import wide
from mediane.documents.queries import opened
from mediane.kit import sealing
from mediane.kit.money import euros

# The letters of the sheet it is printed on.
FONT = "Atkinson Hyperlegible Next"
OUTDATED = (
    "Le tableau du trop-perçu a changé depuis qu’il est joint à cette lettre\u00a0: revenez au texte, puis"
    " joignez-le de nouveau ou retirez-le."
)


def sealed_annex(letter: Letter, joined: Explained) -> bytes:
    return sealing.seal(explained_as_bytes(joined), opened(letter.case.key), context=_context(letter))


def annex_of(letter: Letter) -> Explained | None:
    if letter.annex is None:
        return None
    return explained_of(
        sealing.unseal(bytes(letter.annex), opened(letter.case.key), context=_context(letter))
    )


def outdated(letter: Letter, today: date) -> list[str]:
    """What stops the signature: the table is no longer the one that the letter carries."""
    joined = annex_of(letter)
    if joined is None:
        return []
    now = written_for(letter.case, today).explained
    return [] if now is not None and now.table == joined.table else [OUTDATED]


def annex_sheet(letter: Letter) -> AnnexSheet | None:
    joined = annex_of(letter)
    if joined is None:
        return None
    table = joined.table
    return AnnexSheet(
        about=joined.about,
        words=joined.words,
        picture=wide(table, name="trop-percu", font=FONT),
        alternative=alternative(table),
        rows=tuple(
            (
                month_name(line.month),
                euros(line.due),
                euros(line.paid),
                difference_words(line.difference),
                line.reason,
            )
            for line in table.lines
        ),
        total=("Total", euros(table.due), euros(table.paid), "", ""),
        totals=totals(table),
    )


def _context(letter: Letter) -> bytes:
    return b"correspondence.annex:" + letter.public_id.bytes
