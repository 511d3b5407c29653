"""Beginnings of stories in the library: templates written, submitted, approved by the product’s own verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from mediane.correspondence import actions
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity

BODY = (
    "{formule_d_appel},\n\n[si prestation: APL]\nVotre loyer a changé.\n\n[sinon]\nVotre situation a changé."
)
SECOND_ID = 900_001


def second(actor: Actor, name: str = "Mathilde Roumier") -> Actor:
    """Another mediator of the same library."""
    return replace(actor, id=SECOND_ID, name=name)


@contextmanager
def at_work(actor: Actor) -> Iterator[None]:
    """In the context of a member of staff."""
    made = rowsecurity.national if actor.kind == "national" else rowsecurity.staff
    with rowsecurity.working_for(made(actor.organisation_id)):
        yield


def edit(template: LetterTemplate, **differs: Any) -> actions.TemplateEdit:
    said: dict[str, Any] = {
        "name": template.name,
        "title": "Voici notre réponse",
        "body": BODY,
        "seen_revision": template.revision,
    }
    return actions.TemplateEdit(**(said | differs))


def written(by: Actor, at: datetime, name: str = "Loyer changé", **differs: Any) -> LetterTemplate:
    begun = actions.begin_template(kind=Kind.REPLY, name=name, by=by, at=at)
    return actions.save_template(template=begun, edit=edit(begun, **differs), by=by, at=at)


def submitted(by: Actor, at: datetime, **differs: Any) -> LetterTemplate:
    template = written(by, at, **differs)
    actions.submit_template(template=template, seen_revision=template.revision, by=by, at=at)
    template.refresh_from_db()
    return template


def approved(cast_member: Actor, at: datetime, **differs: Any) -> LetterTemplate:
    template = submitted(cast_member, at, **differs)
    approve(template, second(cast_member), at)
    return template


def approve(template: LetterTemplate, by: Actor, at: datetime) -> None:
    actions.approve_template(template=template, seen_revision=template.revision, by=by, at=at)
    template.refresh_from_db()


def national(code: str = "reply-upheld", version: int = 2) -> LetterTemplate:
    return LetterTemplate.objects.get(code=code, version=version)
