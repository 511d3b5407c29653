"""Numbers and words → an edition: everything a reader sees, as JSON that is always the same."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mediane.kit.french import join
from mediane.reports.rules import blocks, marking, tables
from mediane.reports.rules.blocks import Block
from mediane.reports.rules.drafting import drafted
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.plan import PLAN, Section
from mediane.statistics.rules.indicators import INDICATORS

FORMAT = 1
FROM_TOTALS = (
    "Les chiffres de {years} viennent de totaux repris, où une demande compte l’année où elle arrive\u00a0: "
    "ni mois, ni délais, ni montants. Prestations et motifs y sont rapportés aux saisines de la médiation."
)
MASKED = (
    "Ces nombres sont ceux des données ouvertes. «\u00a0masqué\u00a0» remplace un nombre de moins de "
    "{threshold}, ou un nombre qui le ferait deviner."
)
UNPUBLISHED = "Les chiffres de {years} ne sont pas publiés\u00a0: ils ne sont pas dits."


@dataclass(frozen=True)
class Words:
    """What the mediator wrote for a section; `is_drafted` keeps the sentences proposed."""

    title: str = ""
    text: str = ""
    is_drafted: bool = True
    quotes: Sequence[tuple[str, str]] = ()
    # Print, alternative, caption.
    pictures: Sequence[tuple[str, str, str]] = ()
    # Day as read, title, words.
    highlights: Sequence[tuple[str, str, str]] = ()
    # Title, words, then proposals: words, to whom, what became of each.
    findings: Sequence[tuple[str, str, Sequence[Sequence[str]]]] = ()


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Who speaks, of which year, in which version; dates as they are read."""

    caf: str
    code: str
    year: int
    version: int
    frozen_on: str
    counted_on: str
    frozen_at: str
    is_demonstration: bool
    because: str = ""


def edition(cover: Cover, words: dict[str, Words], figures: Figures) -> dict[str, Any]:
    """The whole edition; `figures` decide what is told."""
    parts = [
        (
            part.title,
            [composed(section, words.get(section.code, Words()), figures) for section in part.sections],
        )
        for part in PLAN
    ]
    told = [(title, [one for one in sections if one["blocks"]]) for title, sections in parts]
    return {
        "format": FORMAT,
        "cover": vars(cover),
        "threshold": figures.threshold,
        "has_figures": figures.is_known(figures.numbers.year),
        "parts": [
            {"rank": rank, "title": title, "sections": sections}
            for rank, (title, sections) in enumerate((one for one in told if one[1]), 1)
        ],
        "note": _note(figures),
        "definitions": [[one.name, one.definition, one.over] for one in INDICATORS.values()],
    }


def _note(figures: Figures) -> str:
    """What a reader must know of these numbers, beside what is counted."""
    years = figures.numbers.years
    rebuilt = [str(year) for year in years if year in figures.numbers.from_totals]
    sentences = [FROM_TOTALS.format(years=join(rebuilt))] if rebuilt else []
    if figures.threshold:
        sentences.append(MASKED.format(threshold=figures.threshold))
        untold = [str(year) for year in years if not figures.is_known(year)]
        sentences += [UNPUBLISHED.format(years=join(untold))] if untold else []
    return " ".join(sentences)


def composed(section: Section, words: Words, figures: Figures) -> dict[str, Any]:
    """One section: sentences proposed, words written, figures, then what illustrates them."""
    proposed = drafted(section.code, figures)
    found: list[Block] = []
    if words.is_drafted and proposed.sentences:
        apart = [[one] for one in proposed.sentences] if proposed.is_apart else [proposed.sentences]
        found += [blocks.said(sentences) for sentences in apart]
    found += marking.blocks(words.text)
    if section.has_figures and figures.is_told:
        found += tables.blocks(section.code, figures, proposed.title)
    found += [
        blocks.dated(day, title, blocks.paragraph(marking.runs(text)) if text else None)
        for day, title, text in words.highlights
    ]
    found += [blocks.finding(*one) for one in words.findings]
    found += [blocks.quote(text, who) for text, who in words.quotes]
    found += [
        blocks.picture(sha256=sha256, alternative=alternative, caption=caption)
        for sha256, alternative, caption in words.pictures
    ]
    finding = proposed.title if section.is_named_by_figures else ""
    return {"code": section.code, "title": words.title or finding or section.title, "blocks": found}


def canonical(contents: dict[str, Any]) -> str:
    """The same contents give the same characters, whatever stored them in between."""
    return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def print_of(contents: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(contents).encode()).hexdigest()


def every_block(contents: dict[str, Any]) -> Iterable[Block]:
    for part in contents["parts"]:
        for section in part["sections"]:
            yield from section["blocks"]


def tables_in(contents: dict[str, Any]) -> list[Block]:
    """Every table, those under the charts too, each code once."""
    found: dict[str, Block] = {}
    for block in every_block(contents):
        if block["kind"] == "table":
            found.setdefault(block["code"], block)
        elif block["kind"] == "chart":
            found.setdefault(block["table"]["code"], block["table"])
    return list(found.values())
