"""The library of templates as one finds it: in Paris, in force and to be approved; a national one too."""

from datetime import timedelta
from typing import Any

from mediane.correspondence import actions
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.integrations.demonstration.cast import read
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Role
from mediane.organisations.queries import by_code, team_of, the_national_mediation

AGO = timedelta(days=6)


def shelve() -> None:
    """Once everybody works there: whoever approves is not whoever wrote."""
    paris, national = by_code("75"), the_national_mediation()
    plans = read("templates")
    if paris is not None:
        with rowsecurity.working_for(rowsecurity.staff(paris.pk)):
            mediators = _those(paris.pk, Role.MEDIATOR)
            for plan in plans["paris"]:
                _write(plan, mediators)
    with rowsecurity.working_for(rowsecurity.national(national.pk)):
        for plan in plans["national"]:
            _write(plan, _those(national.pk, Role.NATIONAL))


def _those(organisation_id: int, role: Role) -> list[Actor]:
    return [member.as_actor() for member in team_of(organisation_id) if member.role == role]


def _write(plan: dict[str, Any], people: list[Actor]) -> None:
    by, at = people[plan["by"]], clock.now() - AGO
    source = LetterTemplate.objects.get(code=plan["from"], version=plan["version"])
    if plan["is_next"]:
        begun = actions.begin_version(template=source, by=by, at=at)
    else:
        begun = actions.begin_template(kind=Kind.REPLY, name=plan["name"], source=source, by=by, at=at)
    body = begun.body
    for before, after in plan["changes"]:
        if before not in body:
            raise LookupError(f"{plan['from']} does not say « {before} »")
        body = body.replace(before, after)
    edit = actions.TemplateEdit(
        name=begun.name,
        title=begun.title,
        body=body,
        seen_revision=begun.revision,
        benefits=tuple(plan["benefits"]),
        grounds=tuple(begun.grounds),
    )
    saved = actions.save_template(template=begun, edit=edit, by=by, at=at)
    if plan["until"] == "draft":
        return
    actions.submit_template(template=saved, seen_revision=saved.revision, word=plan["word"], by=by, at=at)
    if plan["until"] == "approved":
        second = next(one for one in people if one.id != by.id)
        actions.approve_template(
            template=saved, seen_revision=saved.revision, by=second, at=at + timedelta(days=1)
        )
