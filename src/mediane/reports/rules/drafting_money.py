"""What the report says of money, and of what came online: four amounts, never added up nor netted."""

from decimal import Decimal

from mediane.casework.rules.money import BUCKETS, NAMES
from mediane.casework.states import Effect
from mediane.kit.french import NBSP, capital, number
from mediane.reports.rules.drafted import Drafted
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.wording import euros, month
from mediane.statistics.rules.comparing import percent, variation
from mediane.statistics.rules.figures import share
from mediane.statistics.states import Population

OF = {
    Effect.BACK_PAYMENT: "des rappels de droits",
    Effect.OVERPAYMENT_DETECTED: "des trop-perçus détectés",
    Effect.OVERPAYMENT_CANCELLED: "des indus injustifiés, annulés",
    Effect.DEBT_REMITTED: "des dettes remises",
}
MEANING = {
    Effect.BACK_PAYMENT: "Des sommes dues aux allocataires pour le passé, payées après la médiation.",
    Effect.OVERPAYMENT_DETECTED: "Des sommes versées à tort, découvertes en étudiant les dossiers.",
    Effect.OVERPAYMENT_CANCELLED: "Des dettes réclamées par erreur, annulées en partie ou en totalité.",
    Effect.DEBT_REMITTED: "Des dettes fondées, effacées par la commission de recours amiable.",
}


def money(figures: Figures) -> Drafted:
    year = figures.numbers.year
    if not figures.is_counted(year):
        return Drafted(sentences=(f"De {year}, les totaux repris ne disent pas les montants.",))
    sentences = []
    for kind in BUCKETS:
        before, now = figures.money_before(kind), figures.money(kind, year)
        if now is None or (not now and not before):
            continue
        sentences.append(f"Le montant {OF[kind]} {_moved(before, now, year)}.")
    return Drafted("", tuple(sentences))


def _moved(before: int | None, now: int, year: int) -> str:
    since = f"entre {year - 1} et {year}"
    changed = variation(before, now) if before and before > 0 else None
    if changed is None:
        return f"s’élève à {euros(now)} en {year}"
    if before == now:
        return f"est resté le même {since}, {euros(now)}"
    if abs(changed) < Decimal(2):
        return f"se stabilise {since}, à {euros(now)}"
    verb = "augmenté" if changed > 0 else "diminué"
    return f"a {verb} de {percent(abs(changed))} {since}, à {euros(now)}"


def online(figures: Figures) -> Drafted:
    """How much came online since the procedure opened, in requests and in euros."""
    year, since = figures.numbers.year, figures.numbers.online_from
    if not since:
        return Drafted(sentences=(f"La téléprocédure n’était pas ouverte en {year}.",))
    came, every = figures.since_opening()
    sentences = []
    if came is not None and every:
        part = share(came, every) or Decimal(0)
        sentences.append(
            f"{capital(period(figures))}, {percent(part)} des saisines traitées par la médiation sont venues "
            f"de la téléprocédure{NBSP}: {number(came)} sur {number(every)}."
        )
    early = figures.came_online(Population.OUT_OF_SCOPE)
    if early is not None and early > 1:
        sentences.append(
            f"Sur la même période, {number(early)} saisines hors médiation en sont venues aussi."
        )
    told = [(kind, figures.online_money(kind)) for kind in BUCKETS]
    sums = [f"{NAMES[kind].lower()}, {euros(cents)}" for kind, cents in told if cents]
    if sums:
        sentences.append(f"Les montants qui en viennent{NBSP}: {f'{NBSP}; '.join(sums)}.")
    return Drafted("", tuple(sentences))


def period(figures: Figures) -> str:
    """« de juillet à décembre 2023 »."""
    year, since = figures.numbers.year, figures.numbers.online_from
    return f"en décembre {year}" if since == 12 else f"de {month(since)} à décembre {year}"
