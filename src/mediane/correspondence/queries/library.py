"""The library of templates: every version one may see, and those a case is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from mediane.casework.models import Case
from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import labels
from mediane.correspondence.models import Kind, LetterTemplate, TemplateUse
from mediane.correspondence.queries.facts import OUTCOME, facts_of, known_criteria
from mediane.correspondence.queries.values import values_of
from mediane.correspondence.rules import shelf
from mediane.correspondence.rules.conditions import asked_of, kept_text, parse
from mediane.correspondence.rules.merging import merge
from mediane.correspondence.states import OPEN
from mediane.kit.french import NBSP, join
from mediane.kit.prepared import prepared


@dataclass(frozen=True)
class Offer:
    """A version one may begin with, and why it comes where it does."""

    template: LetterTemplate
    because: str

    @property
    def asks_outcome(self) -> bool:
        return OUTCOME in asked_of(parse(self.template.body, known_criteria()).paragraphs)


@dataclass(frozen=True)
class Shelved:
    """A template in the library: the version to show, the one being written, how many letters came of it."""

    shown: LetterTemplate
    open: LetterTemplate | None
    is_in_force: bool
    letters: int


@prepared
def _of_kind(kind: str) -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(kind=kind, approved_at__isnull=False).order_by("pk")


def templates_of(kind: Kind, day: date) -> list[LetterTemplate]:
    """The templates of a kind, each in its version in force on a day; national first."""
    found = shelf.in_force(_of_kind(kind), day)
    return sorted(found, key=lambda one: not one.is_national)


def template_of(kind: Kind, day: date) -> LetterTemplate:
    """The national template of a kind that has only one.

    :raises LookupError: for a day before any template of this kind.
    """
    for template in templates_of(kind, day):
        return template
    raise LookupError(f"no template {kind} on {day}")


def offers_for(case: Case, kind: Kind, day: date) -> list[Offer]:
    """The versions in force that day for this case, the first one to be proposed first."""
    found = shelf.offered(_of_kind(kind), day, case.benefits, case.grounds)
    return [Offer(one, because(one, case.organisation.name)) for one in found]


def template_for(case: Case, kind: Kind, day: date) -> LetterTemplate:
    """The first that is offered.

    :raises LookupError: for a day before any template of this kind.
    """
    for offer in offers_for(case, kind, day):
        return offer.template
    raise LookupError(f"no template {kind} on {day}")


def because(template: LetterTemplate, caf: str) -> str:
    """« Modèle de la Caf de Paris, pour l’APL : il passe avant les modèles nationaux. »"""
    whose = "Modèle national" if template.is_national else f"Modèle de votre service ({caf})"
    whom = join([*labels(Benefit, template.benefits), *labels(Ground, template.grounds)])
    kept = f", pour{NBSP}: {whom}" if whom else ", pour tous les dossiers"
    return f"{whose}{kept}." + ("" if template.is_national else " Il passe avant les modèles nationaux.")


def first_words(template: LetterTemplate, case: Case, day: date, outcome: str = "") -> tuple[str, str]:
    """The title and the text a letter begins with: conditions decided, then values put in."""
    values = values_of(case, day)
    return merge(template.title, values).text, merge(text_for(template, case, outcome), values).text


def text_for(template: LetterTemplate, case: Case, outcome: str = "") -> str:
    """The text of a template with the paragraphs of this case, before any value."""
    return kept_text(template.body, known_criteria(), facts_of(case, outcome))


def library(day: date) -> list[Shelved]:
    """Every template one may see; two statements."""
    versions = list(LetterTemplate.objects.defer("body").select_related("organisation").order_by("pk"))
    letters = dict(TemplateUse.objects.values_list("template").annotate(Count("pk")))
    current = {one.code: one for one in shelf.in_force(versions, day)}
    by_code: dict[str, list[LetterTemplate]] = {}
    for one in versions:
        by_code.setdefault(one.code, []).append(one)
    return [_shelved(code, rows, current.get(code), letters) for code, rows in by_code.items()]


def _shelved(
    code: str, rows: Sequence[LetterTemplate], current: LetterTemplate | None, letters: dict[int, int]
) -> Shelved:
    last = max(rows, key=lambda one: one.version)
    return Shelved(
        shown=current or last,
        open=last if last.state in OPEN else None,
        is_in_force=current is not None,
        letters=sum(letters.get(one.pk, 0) for one in rows),
    )


def versions_of(code: str) -> list[LetterTemplate]:
    """The versions of a template, the newest first; empty when there is none one may see."""
    rows = LetterTemplate.objects.select_related("organisation", "copied_from").filter(code=code)
    return list(rows.order_by("-version"))


def letters_by_version(versions: Sequence[LetterTemplate]) -> dict[int, int]:
    """How many signed letters came of each; of one’s Caf, or of every Caf for the national mediation."""
    uses = TemplateUse.objects.filter(template__in=versions)
    return dict(uses.values_list("template").annotate(Count("pk")))
