"""What is looked at before a letter is signed: what the law requires stops it, the rest is only said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mediane.correspondence.rules.merging import unfinished
from mediane.correspondence.rules.plain import LAW, REASON, Remark, easy_remarks, plain_remarks
from mediane.kit.french import join
from mediane.kit.text import fold


@dataclass(frozen=True)
class Remedy:
    """What the person may still do about a benefit: whom to turn to first, then which court."""

    benefit: str
    first: str
    court: str


def review(
    title: str, body: str, *, easy: str = "", remedies: Sequence[Remedy] | None = None
) -> list[Remark]:
    """Every remark on a letter, those that stop the signature first. A reply is given its remedies."""
    stops = [*_left(title, body, easy)]
    if remedies is not None and body.strip():
        stops += [*_without_remedy(body, remedies), *_without_reason(body)]
    said = list(_left_out(body, remedies)) if remedies is not None else []
    return stops + said + plain_remarks(body) + easy_remarks(easy)


def _left(title: str, body: str, easy: str) -> Iterator[Remark]:
    for left in unfinished(f"{title}\n{body}\n{easy}"):
        yield Remark(f"«\u00a0{left}\u00a0» reste à écrire ou à retirer.", stops=True)
    if not title.strip():
        yield Remark("La lettre n’a pas de titre.", stops=True)
    if not body.strip():
        yield Remark("La lettre n’a pas de texte.", stops=True)


def _without_remedy(body: str, remedies: Sequence[Remedy]) -> Iterator[Remark]:
    """A decision that does not say how to contest it lets no delay run (CRPA R. 421-5, CSS R. 142-1)."""
    said, courts = fold(body), dict.fromkeys(court_of(remedy) for remedy in remedies)
    for court in courts:
        if fold(court) not in said:
            of = join([remedy.benefit for remedy in remedies if court_of(remedy) == court])
            yield Remark(
                f"La lettre ne dit pas comment contester ({of})\u00a0: le {court} n’est pas nommé. "
                "Écrivez-le, ou ajoutez le champ {voies_de_recours} puis enregistrez.",
                stops=True,
            )


def _without_reason(body: str) -> Iterator[Remark]:
    """An unfavourable decision says why, in law and in fact (CRPA L. 211-2 and L. 211-5)."""
    if not REASON.search(body):
        yield Remark(
            "La lettre ne dit pas pourquoi. Écrivez ce que vous avez constaté, ou la règle appliquée.",
            stops=True,
        )


def _left_out(body: str, remedies: Sequence[Remedy]) -> Iterator[Remark]:
    if remedies and "recours" not in fold(body) and any(remedy.first for remedy in remedies):
        first = next(remedy for remedy in remedies if remedy.first)
        yield Remark(f"Avant le tribunal, un recours est possible auprès de\u00a0: {first.first}. Dites-le.")
    if body.strip() and not LAW.search(body):
        yield Remark("Aucun texte n’est cité\u00a0: nommez la règle ou l’article appliqué.")


def court_of(remedy: Remedy) -> str:
    """« tribunal judiciaire, pôle social » is named by its first words."""
    return remedy.court.split(",")[0]
