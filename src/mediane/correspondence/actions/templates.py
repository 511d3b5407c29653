"""A version of a template is written: begun, saved, thrown away. Two people at once lose no text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mediane.casework.rights import require
from mediane.correspondence import rights
from mediane.correspondence.models import LOCAL, Kind, LetterTemplate
from mediane.correspondence.queries.facts import known_criteria
from mediane.correspondence.rules.checking import faults_of
from mediane.correspondence.rules.conditions import Fault
from mediane.correspondence.states import OPEN, TemplateState
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.french import at_time, long_date
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.kit.text import fold
from mediane.organisations.queries import by_id

# With its version, a code is the subject of a line of the journal: forty letters.
LONGEST_CODE = 26
GONE = "Ce brouillon a été abandonné entre-temps."


class TemplateRefused(Refusal):
    """What cannot be done of a template, and why."""


class TemplateSavedMeanwhile(TemplateRefused):
    """Somebody else saved it since this page was shown. `theirs` is what they wrote."""

    def __init__(self, sentence: str, theirs: LetterTemplate) -> None:
        super().__init__(sentence)
        self.theirs = theirs


class TemplateNotADraft(TemplateRefused):
    """It was submitted, or decided: it no longer changes."""


class TemplateFaulty(TemplateRefused):
    """A field or a condition is of no list. `faults` say which, where, and what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class TemplateEdit:
    """What the editor sends: the words, the revision it was shown, and the page they were written on."""

    name: str
    title: str
    body: str
    seen_revision: int
    benefits: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    edited_in: UUID | None = None


COPIED = ("kind", "title", "body", "benefits", "grounds")


@transaction.atomic
def begin_template(
    *,
    kind: Kind,
    name: str,
    source: LetterTemplate | None = None,
    entry_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> LetterTemplate:
    """Begin a template of one’s own library, empty or from the words of another. Sent twice, it is one."""
    require(rights.may_write_templates(by))
    library = None if by.kind == "national" else by.organisation_id
    said = {"kind": kind, "name": name}
    first = written_by_page(LetterTemplate, entry_key=entry_key, organisation_id=library, **said)
    if first is not None:
        return first
    words = {field: getattr(source, field) for field in COPIED if field != "kind"} if source else {}
    begun = LetterTemplate(
        organisation_id=library,
        code=_free_code(name, library),
        version=1,
        kind=kind,
        name=name,
        copied_from=source,
        entry_key=entry_key,
        **words,
    )
    return _begun(begun, by=by, at=at)


@transaction.atomic
def begin_version(*, template: LetterTemplate, by: Actor, at: datetime) -> LetterTemplate:
    """Begin the next version, with the words of this one. One is open at a time: a second call finds it."""
    require(rights.may_change(by, template))
    versions = LetterTemplate.objects.filter(organisation=template.organisation_id, code=template.code)
    # The first version is held: of two people who begin the next one, the second finds what the first began.
    if versions.select_for_update().filter(version=1).first() is None:
        raise TemplateNotADraft(GONE)
    last = versions.order_by("-version")[0]
    if last.state in OPEN:
        return last
    words = {field: getattr(template, field) for field in (*COPIED, "name", "organisation_id", "code")}
    begun = LetterTemplate(version=last.version + 1, copied_from_id=template.copied_from_id, **words)
    return _begun(begun, by=by, at=at)


@transaction.atomic
def save_template(*, template: LetterTemplate, edit: TemplateEdit, by: Actor, at: datetime) -> LetterTemplate:
    """Save a draft, as it stands now in the database on return.

    :raises TemplateSavedMeanwhile: if somebody else, or another tab, saved since; nothing is overwritten.
    :raises TemplateNotADraft: with who submitted or decided it, and when.
    :raises TemplateFaulty: with every field or condition that is of no list.
    """
    held = draft(template, by=by)
    if held.revision != edit.seen_revision and (held.edited_in is None or held.edited_in != edit.edited_in):
        raise TemplateSavedMeanwhile(
            f"{held.saved_by} a enregistré une autre version {when(held, held.saved_at)}.", held
        )
    faults = faults_of(edit.title, edit.body, kind=held.kind, known=known_criteria())
    if faults:
        raise TemplateFaulty(faults)
    if edit.valid_from and edit.valid_until and edit.valid_until < edit.valid_from:
        raise TemplateRefused("La fin de validité vient avant le début\u00a0: corrigez l’une des deux dates.")
    held.name, held.title, held.body = edit.name, edit.title, edit.body
    held.benefits, held.grounds = list(edit.benefits), list(edit.grounds)
    held.valid_from, held.valid_until = edit.valid_from, edit.valid_until
    held.saved_at, held.saved_by, held.saved_by_id = at, by.name, by.id
    held.edited_in, held.revision = edit.edited_in, held.revision + 1
    held.save()
    noted("save_template", held, by=by, at=at)
    return held


@transaction.atomic
def discard_template(*, template: LetterTemplate, seen_revision: int, by: Actor, at: datetime) -> None:
    """Throw a draft away, as it was seen.

    :raises TemplateSavedMeanwhile: if somebody saved it since.
    :raises TemplateNotADraft: if it was submitted.
    """
    held = draft(template, by=by)
    refuse_unseen(held, seen_revision)
    held.delete()
    noted("discard_template", template, by=by, at=at)


def draft(template: LetterTemplate, *, by: Actor) -> LetterTemplate:
    """A draft, held until the end of the transaction, by whoever may write it.

    :raises TemplateNotADraft: with what became of it.
    """
    held = locked(template, by=by)
    if held.state == TemplateState.SUBMITTED:
        raise TemplateNotADraft(
            f"{held.submitted_by} a soumis ce modèle {when(held, held.submitted_at)}\u00a0: il attend une "
            "approbation et ne change plus. Pour le corriger, demandez qu’il soit renvoyé."
        )
    if held.state != TemplateState.DRAFT:
        raise TemplateNotADraft(
            f"{held.approved_by} a approuvé ce modèle {when(held, held.approved_at)}\u00a0: il ne change "
            "plus. Commencez une nouvelle version."
        )
    return held


def locked(template: LetterTemplate, *, by: Actor) -> LetterTemplate:
    """The version as it now is, held until the end of the transaction."""
    require(rights.may_change(by, template))
    held = LetterTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if held is None:
        raise TemplateNotADraft(GONE)
    return held


def refuse_unseen(held: LetterTemplate, seen_revision: int) -> None:
    if held.revision != seen_revision:
        raise TemplateSavedMeanwhile(
            f"{held.saved_by} a enregistré une autre version {when(held, held.saved_at)}. Relisez-la.", held
        )


def noted(verb: str, template: LetterTemplate, *, by: Actor, at: datetime, **details: str) -> None:
    subject = ("template", f"{template.code} {template.version}")
    record(verb=verb, subject=subject, by=by, at=at, beneficiary_id=None, **details)


def when(template: LetterTemplate, moment: datetime | None) -> str:
    """« le 9 novembre 2026 à 14 h 41 », by the clock of its Caf."""
    if moment is None:
        return ""
    zone = by_id(template.organisation_id).time_zone if template.organisation_id else "Europe/Paris"
    local = moment.astimezone(ZoneInfo(zone))
    return f"le {long_date(local.date())} à {at_time(local)}"


def _begun(begun: LetterTemplate, *, by: Actor, at: datetime) -> LetterTemplate:
    begun.saved_at, begun.saved_by, begun.saved_by_id = at, by.name, by.id
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError as taken:
        if "template_version_once" not in str(taken):
            raise
        raise TemplateRefused("Un modèle du même nom vient d’être commencé\u00a0: changez le nom.") from taken
    noted("begin_template", begun, by=by, at=at)
    return begun


def _free_code(name: str, library: int | None) -> str:
    """« trop-percu-explique », or with a number when it is taken."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_CODE].strip("-") or "modele"
    if library is None:
        bare = bare.removeprefix(LOCAL) or "modele"
    wanted = bare if library is None else f"{LOCAL}{bare}"
    taken = set(LetterTemplate.objects.filter(organisation=library).values_list("code", flat=True))
    numbers = (n for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
    return wanted if wanted not in taken else f"{wanted}-{next(numbers)}"
