"""The reasoning of the clock, sentence by sentence, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mediane.appeals.rules import law
from mediane.appeals.rules.law import Effect, Path, Policy
from mediane.appeals.rules.periods import further
from mediane.appeals.states import Evidence, Home
from mediane.kit.french import count, long_date, number_in_words, weekday_date

CASE_SAYS = "selon le dossier"


@dataclass(frozen=True)
class Reason:
    words: str
    source: str = ""
    to_confirm: str = ""


ELSEWHERE = "Un autre dossier répond pour celui-ci\u00a0: le délai se calcule dans cet autre dossier."
COURT = Reason(
    "Un tribunal est saisi\u00a0: la médiation a pris fin ce jour-là. "
    "Le délai de ce recours n’est plus à calculer\u00a0; celui d’un autre recours l’est avec un juriste.",
    law.ENDED_BY_COURT,
)
NO_DECISION = (
    "Il manque le jour où la personne a reçu la décision contestée, et ce qui le montre. "
    "La date écrite sur la décision ne suffit pas."
)
UNREAD = (
    "La lettre n’a pas été lue\u00a0: si elle ne dit ni comment ni jusqu’à quand contester, "
    "le délai ne court pas."
)
REOPENED = (
    "Le dossier a été rouvert\u00a0: le calcul garde la première fin, la plus prudente. "
    "L’effet d’une réouverture est à confirmer par un juriste."
)
NOTHING_RECOMMENDED = (
    "La médiation a pris fin sans recommandation, et la loi de 2018 ne parle que de celle-ci\u00a0: "
    "le jour où le délai repart est à confirmer par un juriste."
)
UNPROVEN = {
    Evidence.DECLARED: (
        "Un jour dit par la personne est une indication, pas une preuve\u00a0: demandez la lettre "
        "et son avis de réception."
    ),
    Evidence.SENT: (
        "Une date d’envoi ne prouve pas la réception\u00a0: le délai part du jour où la lettre est reçue. "
        "Compter depuis l’envoi est prudent."
    ),
}


def notified(on: date, evidence: Evidence | None) -> Reason:
    return Reason(
        f"La décision contestée est notifiée le {long_date(on)} ({_shown_by(evidence)}). "
        "Ce jour n’est pas compté."
    )


def not_stated(on: date) -> Reason:
    return Reason(
        f"La décision reçue le {long_date(on)} ne dit pas comment ni jusqu’à quand la contester\u00a0: "
        "le délai ne peut pas être opposé à la personne.",
        law.NOT_STATED,
        law.STILL_A_LIMIT,
    )


def whole(path: Path, begins: date, ends: date, home: Home) -> Iterator[Reason]:
    yield Reason(
        f"{path.label}\u00a0: {length(path)} à compter de la notification"
        f"{', délai franc' if path.is_franc else ''}.",
        path.source,
        path.to_confirm,
    )
    if more := further(path, home):
        where = "habite outre-mer" if home == Home.OVERSEAS else "habite à l’étranger"
        yield Reason(f"La personne {where}\u00a0: {number_in_words(more)} mois de plus.", path.source)
    yield Reason(
        f"Sans médiation, le délai irait jusqu’au {long_date(ends)}"
        f"{', un jour de plus que le même quantième' if path.is_franc else ''}"
        f"{_short_month(begins, ends, path)}.",
        law.SAME_NUMBER,
    )


def _short_month(begins: date, ends: date, path: Path) -> str:
    last = ends - timedelta(days=1) if path.is_franc else ends
    return "" if last.day == begins.day else ", dernier jour d’un mois plus court"


def length(path: Path) -> str:
    """« deux mois »."""
    return f"{number_in_words(path.months)} mois"


def moved(day: date, working: date) -> Iterator[Reason]:
    if day != working:
        yield Reason(
            f"Le {weekday_date(day)} n’est pas un jour ouvré\u00a0: le délai va jusqu’au premier jour ouvré "
            f"qui suit, le {weekday_date(working)} {working.year}.",
            law.NEXT_WORKING_DAY,
        )


def not_engaged(*, is_open: bool, engaged_on: date | None, within: date) -> Reason:
    if engaged_on is not None:
        return Reason(
            f"Le délai était fini le {long_date(within)}, avant la recevabilité du "
            f"{long_date(engaged_on)}\u00a0: la médiation ne le rouvre pas."
        )
    if is_open:
        return Reason(
            "La recevabilité n’est pas encore notifiée\u00a0: la médiation n’arrête pas le délai, "
            "il continue."
        )
    return Reason("La médiation ne s’est pas engagée\u00a0: elle n’a rien changé au délai.")


def stopped(policy: Policy, on: date, evidence: Evidence | None, first_end: date) -> Reason:
    left = max((first_end - on).days, 0)
    then = (
        f"Il restait {count(left, 'jour', 'jours')}."
        if policy.effect == Effect.SUSPENSION
        else "Les jours déjà comptés sont effacés."
    )
    return Reason(
        f"La recevabilité est notifiée le {long_date(on)} ({_shown_by(evidence)})\u00a0: ce jour-là, "
        f"le délai est {policy.short}. {then}",
        policy.source,
        policy.to_confirm,
    )


def again(policy: Policy, on: date, evidence: Evidence | None, ends: date, left: timedelta) -> Reason:
    what = (
        f"les {count(max(left.days, 0), 'jour', 'jours')} qui restaient repartent"
        if policy.effect == Effect.SUSPENSION and left.days > 1
        else "le reste repart"
        if policy.effect == Effect.SUSPENSION
        else "un nouveau délai entier part"
    )
    return Reason(
        f"La fin de la médiation est communiquée le {long_date(on)} ({_shown_by(evidence)})\u00a0: {what}, "
        f"jusqu’au {long_date(ends)}.",
        policy.source,
    )


def decision_after(decided_on: date, engaged_on: date) -> str:
    return (
        f"La décision est notifiée le {long_date(decided_on)}, après la recevabilité du "
        f"{long_date(engaged_on)}\u00a0: vérifiez les deux jours. "
        "Une décision prise pendant la médiation a son propre délai, à calculer avec un juriste."
    )


def end_before(ended_on: date, engaged_on: date) -> str:
    return (
        f"La fin du {long_date(ended_on)} précède la recevabilité du {long_date(engaged_on)}\u00a0: "
        "vérifiez les deux jours."
    )


def between(asked_on: date, engaged_on: date) -> str:
    return (
        f"La demande est du {long_date(asked_on)} et la recevabilité du {long_date(engaged_on)}\u00a0: "
        "la règle a changé entre les deux. Lequel de ces jours décide est à confirmer par un juriste."
    )


def promulgated(engaged_on: date) -> str:
    return (
        f"Le {long_date(engaged_on)}, la nouvelle loi était promulguée et pas encore en vigueur\u00a0: "
        "laquelle des deux règles vaut ce jour-là est à confirmer par un juriste."
    )


def noted_elsewhere(on: date, caf: str) -> str:
    return (
        f"Le {long_date(on)} vient de la {caf}, qui en garde la preuve\u00a0: "
        "vérifiez-la, puis notez ce jour de nouveau ici."
    )


def sooner(on: date) -> str:
    return f"Selon l’autre règle, le délai finirait le {long_date(on)}\u00a0: dans le doute, retenez ce jour."


def _shown_by(evidence: Evidence | None) -> str:
    if evidence is None:
        return CASE_SAYS
    label = str(evidence.label)
    return label[0].lower() + label[1:]
