"""The figures, in the order of the report: each is defined once, in the module of its chapter."""

from mediane.statistics.rules.indicators import (
    delays,
    people,
    questions,
    results,
    subjects,
    volumes,
    ways,
)
from mediane.statistics.rules.indicators.registry import REGISTERED, Indicator

CHAPTERS = (volumes, ways, subjects, results, delays, questions, people)
INDICATORS: dict[str, Indicator] = {
    one.code: one
    for chapter in CHAPTERS
    for one in REGISTERED.values()
    if one.compute.__module__ == chapter.__name__
}

__all__ = [
    "CHAPTERS",
    "INDICATORS",
    "Indicator",
    "delays",
    "people",
    "questions",
    "results",
    "subjects",
    "volumes",
    "ways",
]
