"""Mandates made by the product’s own verbs, and whoever acts under them."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from mediane.casework.models import Case
from mediane.integrations.demonstration.papers import sheet
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.actions import Speaker, Terms
from mediane.mandates.models import Kind, Mandate, Scope
from mediane.people.models import Beneficiary
from mediane.web import gate
from tests.cast import Actor
from tests.conftest import SignedIn

MAUD = Speaker(
    kind=Kind.ASSOCIATION,
    name="Maud Garrigues",
    email="maud.garrigues@asso.invalid",
    structure="Droits au quotidien",
    phone="01 99 00 12 34",
)
BRUNO = Speaker(kind=Kind.GUARDIAN, name="Bruno Lacaze", email="bruno.lacaze@tutelles.invalid")
PAPER = ("jugement.pdf", sheet("jugement.pdf"))


def terms(to: Speaker = MAUD, case: Case | None = None, **differs: Any) -> Terms:
    first = {
        "scope": Scope.FILE if case else Scope.WHOLE,
        "starts_on": date(2020, 1, 1),
        "file": (case.key, case.reference) if case else None,
    }
    return Terms(to=to, **first | differs)


def given(of: Beneficiary, at: datetime, case: Case | None = None, **differs: Any) -> Mandate:
    with rowsecurity.working_for(rowsecurity.person(of.pk)):
        return actions.give(of=of, terms=terms(case=case, **differs), by=of.as_actor(), at=at)


def protected(of: Beneficiary, by: Actor, at: datetime, **differs: Any) -> Mandate:
    judged = {"scope": Scope.PROTECTION, "judged_on": date(2025, 3, 12), "court": "Tribunal de Paris"}
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return actions.register(of=of, terms=terms(BRUNO, **judged | differs), proof=PAPER, by=by, at=at)


def acting(mandate: Mandate) -> SignedIn:
    """The browser of whoever holds this mandate, already acting under it."""
    browser = SignedIn()
    session = browser.session
    session[gate.REPRESENTATIVE] = [str(mandate.representative.account), mandate.pk]
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def sent(mandate: Mandate, **typed: str) -> dict[str, str]:
    """What a page drawn under this mandate sends."""
    return {"mandate": str(mandate.public_id), **typed}
