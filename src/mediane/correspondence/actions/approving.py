"""A version is submitted, approved by somebody else, sent back with a word, or retired."""

from datetime import date, datetime

from django.db import transaction

from mediane.correspondence import rights
from mediane.correspondence.actions.templates import (
    TemplateRefused,
    draft,
    locked,
    noted,
    refuse_unseen,
    when,
)
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.correspondence.queries.facts import known_criteria
from mediane.correspondence.rules import shelf
from mediane.correspondence.rules.checking import faults_of
from mediane.correspondence.states import TemplateState
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.organisations.queries import by_id

SECOND_PERSON = (
    "Vous avez écrit ou soumis cette version\u00a0: c’est à une autre personne de l’approuver, "
    "pour que deux regards passent sur chaque modèle."
)


@transaction.atomic
def submit_template(
    *, template: LetterTemplate, seen_revision: int, word: str = "", by: Actor, at: datetime
) -> None:
    """Ask somebody else to approve a draft, as it was seen. From then on it waits as it is.

    :raises TemplateSavedMeanwhile: if somebody saved it since.
    :raises TemplateNotADraft: with who submitted it before.
    """
    held = draft(template, by=by)
    refuse_unseen(held, seen_revision)
    faults = faults_of(held.title, held.body, kind=held.kind, known=known_criteria())
    if faults:
        raise TemplateRefused(" ".join(map(str, faults)))
    held.state, held.word, held.word_by = TemplateState.SUBMITTED, word, by.name if word else ""
    held.submitted_at, held.submitted_by, held.submitted_by_id = at, by.name, by.id
    held.save()
    noted("submit_template", held, by=by, at=at)


@transaction.atomic
def approve_template(*, template: LetterTemplate, seen_revision: int, by: Actor, at: datetime) -> None:
    """Put a submitted version in force, from its day or today on. It never changes after.

    :raises TemplateRefused: with who decided first, or that the author does not approve.
    """
    held = _submitted(template, seen_revision, by)
    if not rights.may_approve(by, held):
        raise TemplateRefused(SECOND_PERSON)
    today = clock.day_of(at, by_id(by.organisation_id).time_zone)
    held.valid_from = max(held.valid_from or today, today)
    if held.valid_until is not None and held.valid_until < held.valid_from:
        raise TemplateRefused(
            "La fin de validité est déjà passée. Renvoyez ce modèle pour que la date soit corrigée."
        )
    held.state = TemplateState.APPROVED
    held.approved_at, held.approved_by, held.approved_by_id = at, by.name, by.id
    _refuse_a_gap(held, today)
    held.save()
    noted("approve_template", held, by=by, at=at)


@transaction.atomic
def return_template(
    *, template: LetterTemplate, seen_revision: int, word: str, by: Actor, at: datetime
) -> None:
    """Send a submitted version back to be written again, and say why. Its author may also take it back."""
    held = _submitted(template, seen_revision, by)
    held.state, held.word, held.word_by = TemplateState.DRAFT, word, by.name
    held.submitted_at, held.submitted_by, held.submitted_by_id = None, "", None
    held.save()
    noted("return_template", held, by=by, at=at)


@transaction.atomic
def retire_template(*, template: LetterTemplate, word: str, by: Actor, at: datetime) -> None:
    """Offer a version no longer. Letters keep it, and the one it replaced does not come back.

    :raises TemplateRefused: if it is retired already, or if nothing would be left to write with.
    """
    held = locked(template, by=by)
    if held.state == TemplateState.RETIRED:
        raise TemplateRefused(f"{held.retired_by} a déjà retiré ce modèle.")
    if held.state != TemplateState.APPROVED:
        raise TemplateRefused("Ce modèle n’est pas en vigueur\u00a0: il n’y a rien à retirer.")
    today = clock.day_of(at, by_id(by.organisation_id).time_zone)
    held.state, held.word, held.word_by = TemplateState.RETIRED, word, by.name
    held.retired_on, held.retired_by = today, by.name
    _refuse_a_gap(held, today)
    held.save()
    noted("retire_template", held, by=by, at=at)


def _submitted(template: LetterTemplate, seen_revision: int, by: Actor) -> LetterTemplate:
    held = locked(template, by=by)
    if held.state == TemplateState.DRAFT:
        said = f" {held.word_by} l’a renvoyé." if held.word_by else ""
        raise TemplateRefused(f"Ce modèle est en cours d’écriture.{said}")
    if held.state != TemplateState.SUBMITTED:
        decided = f"{held.approved_by} a approuvé ce modèle {when(held, held.approved_at)}"
        raise TemplateRefused(f"{decided}\u00a0: il ne change plus.")
    refuse_unseen(held, seen_revision)
    return held


def _refuse_a_gap(changed: LetterTemplate, today: date) -> None:
    """Every kind of letter keeps a national template for all cases, without an end, today and later.

    One change at a time: the oldest version of the kind is held until this one is written.
    """
    if not changed.is_national:
        return
    of_kind = LetterTemplate.objects.filter(organisation=None, kind=changed.kind, approved_at__isnull=False)
    of_kind.select_for_update().order_by("pk").first()
    after = [changed, *(one for one in of_kind if one.pk != changed.pk)]
    days = {today, *(one.valid_from for one in after if one.valid_from and one.valid_from > today)}
    if not all(any(map(_is_for_all, shelf.in_force(after, day))) for day in days):
        words = Kind(changed.kind).label
        raise TemplateRefused(
            f"Il ne resterait aucun modèle national «\u00a0{words}\u00a0» pour tous les dossiers, "
            "sans date de fin. Approuvez d’abord celui qui le remplace."
        )


def _is_for_all(template: LetterTemplate) -> bool:
    return not template.benefits and not template.grounds and template.valid_until is None
