"""What may be urgent in a request, with the words that say so: shown to a human, who decides.

A signal refuses nobody and moves nothing in the list. It is confirmed or set aside by a member of
the service, and that is a step of the case.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mediane.casework.rules.phrases import Reading, first_found, read
from mediane.casework.states import Signal, Weighing


@dataclass(frozen=True, kw_only=True)
class WordList:
    """The phrases that raise a signal from a day on; with `benefits`, for these only.

    One that only `accompanies` is raised beside another signal, never alone. Of one that `can_be_denied`,
    « pas d’expulsion » raises nothing; elsewhere a lack is the signal itself: « pas d’aide alimentaire ».
    """

    signal: Signal
    effective_from: date
    phrases: tuple[str, ...]
    benefits: frozenset[str] = frozenset()
    accompanies: bool = False
    can_be_denied: bool = False


@dataclass(frozen=True)
class Raised:
    """A signal, whether the person ticked it, and the words of theirs that raise it."""

    signal: Signal
    declared: bool
    words: str


# What was ticked in the test or the form says by itself.
DECLARED = {"no_income": Signal.NO_INCOME, "eviction": Signal.EVICTION, "no_food": Signal.NO_FOOD}
WHY = {
    Signal.NO_INCOME: "La personne dit ne plus avoir de quoi vivre.",
    Signal.NO_FOOD: "La personne dit ne pas pouvoir se nourrir.",
    Signal.EVICTION: "Le logement peut être perdu.",
    Signal.BREAK: "Un droit s’est arrêté, ou n’est plus versé.",
    Signal.DISABILITY_RENEWAL: "Un droit lié au handicap attend son renouvellement.",
    Signal.CHILD: "Un enfant vit la même situation.",
}
FIRST_LISTS = date(2019, 1, 1)
DISABILITY = frozenset({"AAH", "AEEH", "MVA", "AJPP", "AJPA"})
LISTS = (
    WordList(
        signal=Signal.NO_INCOME,
        effective_from=FIRST_LISTS,
        phrases=(
            *("sans ressource*", "sans revenu*", "sans argent", "sans rien", "plus de ressource*"),
            *("plus de revenu*", "plus d argent", "pas de revenu*", "pas de ressource*", "aucun revenu"),
            *("aucune ressource", "plus aucun revenu", "plus aucune ressource", "n ai plus rien"),
            *("n avons plus rien", "pas de quoi vivre", "plus de quoi vivre", "plus rien depuis"),
            *("plus de quoi payer", "pas de quoi payer"),
        ),
    ),
    WordList(
        signal=Signal.NO_FOOD,
        effective_from=FIRST_LISTS,
        phrases=(
            *("rien a manger", "plus de quoi manger", "pas de quoi manger", "plus manger"),
            *("aide alimentaire", "banque alimentaire", "restos du coeur", "colis alimentaire*"),
        ),
    ),
    WordList(
        signal=Signal.EVICTION,
        effective_from=FIRST_LISTS,
        phrases=(
            *("expuls*", "commandement de payer", "commandement de quitter", "huissier*"),
            *("commissaire de justice", "perdre mon logement", "perdre notre logement", "a la rue"),
            *("loyers impayes", "impayes de loyer", "impaye de loyer", "dette de loyer", "sans logement"),
        ),
        can_be_denied=True,
    ),
    WordList(
        signal=Signal.BREAK,
        effective_from=FIRST_LISTS,
        phrases=(
            *(
                "rupture de droit*",
                "droits coupes",
                "droits suspendus",
                "droits arretes",
                "toujours suspendu*",
            ),
            *("ne recois plus", "ne percois plus", "ne touche plus", "n est plus verse*", "plus rien recu"),
            *(
                "ne me verse plus",
                "plus aucun versement",
                "s est arrete*",
                "a ete suspendu*",
                "est suspendu*",
            ),
        ),
        can_be_denied=True,
    ),
    WordList(
        signal=Signal.DISABILITY_RENEWAL,
        effective_from=FIRST_LISTS,
        phrases=("renouvel*", "fin de droits", "droits arrivent a echeance"),
        benefits=DISABILITY,
    ),
    WordList(
        signal=Signal.CHILD,
        effective_from=FIRST_LISTS,
        phrases=(
            *("enfant*", "bebe*", "nourrisson*", "mon fils", "mes fils", "ma fille", "mes filles"),
            *("enceinte", "nouveau ne"),
        ),
        accompanies=True,
        can_be_denied=True,
    ),
)


def counts(*, declared: bool, weighing: str) -> bool:
    """What the person ticked counts until it is set aside; what was read counts once confirmed."""
    if weighing == Weighing.UNWEIGHED:
        return declared
    return weighing == Weighing.CONFIRMED


def in_force(lists: Sequence[WordList], day: date) -> list[WordList]:
    """Of each signal, the latest list to have begun."""
    begun = sorted((one for one in lists if one.effective_from <= day), key=lambda one: one.effective_from)
    return list({one.signal: one for one in begun}.values())


def signals(
    *,
    ticked: Collection[str],
    text: str,
    benefits: Collection[str],
    day: date,
    lists: Sequence[WordList] = LISTS,
) -> list[Raised]:
    """Every signal of a request received on a day, in the order they are read."""
    reading = read(text)
    declared = {DECLARED[reason] for reason in ticked if reason in DECLARED}
    words = dict(_written(reading, frozenset(benefits), in_force(lists, day), bool(declared)))
    return [
        Raised(signal, signal in declared, words.get(signal, ""))
        for signal in Signal
        if signal in declared or signal in words
    ]


def _written(
    reading: Reading, benefits: frozenset[str], lists: list[WordList], is_declared: bool
) -> Iterator[tuple[Signal, str]]:
    has_another = is_declared
    for one in sorted(lists, key=lambda one: one.accompanies):
        if (one.benefits and not one.benefits & benefits) or (one.accompanies and not has_another):
            continue
        if found := first_found(reading, one.phrases, unless_denied=one.can_be_denied):
            has_another = True
            yield one.signal, found
