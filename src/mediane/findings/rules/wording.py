"""Findings in French sentences, that claim no more than the numbers."""

from mediane.findings.rules.recurrence import FEWEST_MONTHS, Recurrence, Trend
from mediane.kit.french import count, number_in_words

NBSP = "\u00a0"
CONCLUSIONS = {
    Trend.TOO_FEW: "C’est trop peu pour conclure.",
    Trend.SAME: "L’écart peut être dû au hasard.",
    Trend.LESS: "C’est moins, au-delà du hasard. D’autres causes restent possibles.",
    Trend.MORE: "C’est plus, au-delà du hasard. D’autres causes restent possibles.",
}


def said_of(found: Recurrence) -> str:
    """« 9 saisines sur 6 mois depuis, 18 sur les 6 mois d’avant. »"""
    if found.trend is Trend.TOO_SHORT:
        months = number_in_words(FEWEST_MONTHS)
        return f"Il faut {months} mois entiers avant et après pour comparer."
    requests = count(found.after, "saisine", "saisines")
    numbers = (
        f"{requests} sur {found.months}{NBSP}mois depuis,"
        f" {found.before} sur les {found.months}{NBSP}mois d’avant."
    )
    season = "" if found.is_whole_year or found.trend is Trend.TOO_FEW else " La saison peut jouer."
    return f"{numbers} {CONCLUSIONS[found.trend]}{season}"
