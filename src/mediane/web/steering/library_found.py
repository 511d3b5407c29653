"""The one way to the library, and what its pages share: standings, and the switches of the preview."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import every, labels
from mediane.correspondence import rights
from mediane.correspondence.models import LetterTemplate
from mediane.correspondence.queries.facts import known_criteria
from mediane.correspondence.queries.library import versions_of
from mediane.correspondence.queries.specimen import first_facts, paragraphs_of
from mediane.correspondence.rules.conditions import Sorted, asked_of, in_words, sort
from mediane.correspondence.states import TemplateState
from mediane.kit.french import join
from mediane.web.request import StaffRequest

SEEN = "vu"
# How each standing looks, of those of the tags.
DRAFT, WAITING, IN_FORCE = (
    ("draft", "Brouillon"),
    ("answer_received", "À approuver"),
    ("revised", "En vigueur"),
)
TO_COME, REPLACED = ("registered", "À venir"), ("upheld", "Remplacé")
ENDED, RETIRED = ("withdrawn", "Terminé"), ("withdrawn", "Retiré")


@dataclass(frozen=True)
class Switch:
    """A condition of the text, and the values one may try it with."""

    word: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def require_reader(request: StaffRequest) -> None:
    if not rights.may_read_library(request.actor):
        raise PermissionDenied


def require_writer(request: StaffRequest) -> None:
    if not rights.may_write_templates(request.actor):
        raise PermissionDenied


def found_versions(request: StaffRequest, code: str) -> list[LetterTemplate]:
    """Of a template one may read, newest first; somebody else’s is unknown here."""
    require_reader(request)
    versions = versions_of(code)
    if not versions:
        raise Http404
    return versions


def found(versions: Iterable[LetterTemplate], number: int) -> LetterTemplate:
    for one in versions:
        if one.version == number:
            return one
    raise Http404


def still_there(request: StaffRequest, code: str, number: int) -> LetterTemplate | None:
    """What one writes in or decides of: None when it was thrown away meanwhile, or is not one’s own."""
    require_writer(request)
    for one in versions_of(code):
        if one.version == number and rights.may_change(request.actor, one):
            return one
    return None


def too_late(request: StaffRequest, code: str, sentence: str, typed: list[BoundField]) -> HttpResponse:
    """Decided or thrown away while somebody was writing: what she typed is given back, to be copied."""
    context = {"code": code, "sentence": sentence, "typed": [field for field in typed if field.value()]}
    return render(request, "steering/template_too_late.html", context)


def standing(one: LetterTemplate, current: LetterTemplate | None, day: date) -> tuple[str, str]:
    if one.state == TemplateState.DRAFT:
        return DRAFT
    if one.state == TemplateState.SUBMITTED:
        return WAITING
    if one.state == TemplateState.RETIRED:
        return RETIRED
    if current is not None and current.pk == one.pk:
        return IN_FORCE
    if one.valid_from is not None and one.valid_from > day:
        return TO_COME
    return ENDED if one.valid_until is not None and one.valid_until < day else REPLACED


def whom(one: LetterTemplate) -> str:
    """For whom a version is offered."""
    short = [every(Benefit)[code].short for code in one.benefits]
    return join([*short, *labels(Ground, one.grounds)]) or "Tous les dossiers"


def tried(template: LetterTemplate, given: QueryDict) -> dict[str, frozenset[str]]:
    """What the invented case is: as switched, or at first whatever comes first in the text."""
    asked = asked_of(paragraphs_of(template))
    if SEEN not in given:
        return first_facts(paragraphs_of(template))
    return {word: frozenset(given.getlist(word)) for word in asked}


def preview(template: LetterTemplate, given: QueryDict) -> dict[str, Any]:
    """The switches, what each paragraph becomes, and the address of the picture."""
    paragraphs, known = paragraphs_of(template), {one.word: one for one in known_criteria()}
    facts, asked = tried(template, given), asked_of(paragraphs)
    switches = [
        Switch(
            word,
            known[word].label,
            tuple((code, known[word].values[code], code in facts.get(word, ())) for code in codes),
        )
        for word, codes in asked.items()
    ]
    done = [one for one in sort(paragraphs, facts) if one.paragraph.conditions or one.paragraph.is_else]
    return {
        "switches": switches,
        "decided": [(in_words(one.paragraph, known), one) for one in done],
        "kept": sum(1 for one in done if _is_kept(one)),
        "query": query_of(facts),
    }


def query_of(facts: Mapping[str, frozenset[str]]) -> str:
    """The facts as the end of an address."""
    return urlencode(
        [(SEEN, "1"), *((word, code) for word, codes in facts.items() for code in sorted(codes))]
    )


def switched(given: QueryDict) -> str:
    """The switches of a form, as the end of an address."""
    words = [one.word for one in known_criteria()]
    return urlencode([(SEEN, "1"), *((word, code) for word in words for code in given.getlist(word))])


def _is_kept(one: Sorted) -> bool:
    return one.is_kept is not False
