"""A page sent twice writes once: a double click never doubles money, a finding, an event, a quote."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import Model
from django.test import Client

from mediane.casework import actions as casework
from mediane.casework.models import Case, FinancialEffect, Recommendation
from mediane.events.models import Event
from mediane.findings import actions as findings
from mediane.findings.models import Finding, FollowUp, Proposal
from mediane.findings.states import Outcome
from mediane.kit import clock, rowsecurity
from mediane.reports import actions as reports
from mediane.reports.models import Highlight, Quote
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

TOLD = findings.Told(title="Attestations mal lues", words="Trop souvent.")
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" [^>]*value="([^"]*)"')
FORM = re.compile(r"<form [^>]*method=\"post\".*?</form>", re.DOTALL)
CHAPTER = f"/pilotage/rapports/{clock.today('Europe/Paris').year}/1/chapitres"
# The text of the chapter travels with whatever is added to it.
TEXT = {"title": "", "text": "", "is_drafted": "True", "progress": "to_write"}


@dataclass(frozen=True)
class Page:
    """Where the form is read and sent, what is typed, and what it writes."""

    address: str
    typed: dict[str, str]
    writes: type[Model]
    other: dict[str, str]
    prefix: str = ""


def on(name: str, days: int, prefix: str = "") -> dict[str, str]:
    day = clock.today("Europe/Paris") + timedelta(days=days)
    return {f"{prefix}{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


PAGES = {
    "money": Page(
        "/bureau/dossiers/{reference}/montants/",
        {"kind": "overpayment_cancelled", "benefit": "APL", "decision": "Trop-perçu", "evidence": "Lettre"}
        | {"before": "100", "after": "0"},
        FinancialEffect,
        {"before": "200"},
    ),
    "recommendation": Page(
        "/bureau/dossiers/{reference}/recommandations/",
        {"service": "BENEFITS", "words": "Relire les attestations."},
        Recommendation,
        {"words": "Relire les baux."},
    ),
    "event": Page(
        "/bureau/evenements/nouveau/",
        {"title": "Comité", "kind": "SERVICE"} | on("on", 0),
        Event,
        {"title": "Autre comité"},
    ),
    "finding": Page(
        "/bureau/constats/nouveau/",
        {"title": "Baux mal lus", "words": "Souvent."},
        Finding,
        {"title": "Baux perdus"},
    ),
    "proposal": Page(
        "/bureau/constats/1/propositions/",
        {"words": "Relire", "addressee": "Prestations"} | on("due_on", 60),
        Proposal,
        {"addressee": "Cnaf"},
    ),
    "follow-up": Page(
        "/bureau/constats/1/propositions/1/suite/",
        {"outcome": Outcome.PARTLY.value, "words": "Commencé", "evidence": "Note"} | on("on", 0),
        FollowUp,
        {"words": "Bien commencé"},
    ),
    "quote": Page(
        f"{CHAPTER}/evolution/",
        TEXT
        | {"citation-words": "Enfin une réponse claire.", "citation-who": "Une allocataire"}
        | {"geste": "quote"},
        Quote,
        {"citation-who": "Un allocataire"},
        prefix="citation-",
    ),
    "highlight": Page(
        f"{CHAPTER}/highlights/",
        TEXT
        | {"fait-title": "Matinée des partenaires", "fait-words": "", "geste": "highlight"}
        | on("happened_on", 0, "fait-"),
        Highlight,
        {"fait-title": "Autre matinée"},
        prefix="fait-",
    ),
}


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


@pytest.fixture
def claire(browser: SignedIn, cast: Cast, case: Case) -> Client:
    """A finding and a proposal are there, and the report of the year is open."""
    year = clock.today("Europe/Paris").year
    with in_paris(cast):
        at = clock.now()
        finding = findings.open_finding(told=TOLD, by=cast.claire, at=at)
        due_on = (at + timedelta(days=30)).date()
        proposed = findings.Proposed(words="Relire", addressee="Direction", due_on=due_on)
        findings.propose(finding=finding, proposed=proposed, by=cast.claire, at=at)
        reports.open_report(organisation=cast.paris, year=year, by=cast.claire, at=at)
    return browser.as_staff(cast.claire)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def written(cast: Cast, model: type[Model]) -> int:
    with in_paris(cast):
        return model._default_manager.count()


def shown(page: str, prefix: str) -> dict[str, str]:
    """The hidden fields of the form with that key, as the page carries them."""
    forms = [dict(HIDDEN.findall(form)) for form in FORM.findall(page)]
    return next(form for form in forms if f"{prefix}entry_key" in form)


def opened(client: Client, page: Page, case: Case) -> tuple[str, dict[str, str]]:
    address = page.address.format(reference=case.reference)
    hidden = shown(client.get(address).content.decode(), page.prefix)
    return address, hidden | page.typed


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_double_click_writes_once_and_leads_to_the_same_place(
    claire: Client, cast: Cast, case: Case, page: Page
) -> None:
    before = written(cast, page.writes)
    to, sent = opened(claire, page, case)
    first, second = claire.post(to, sent), claire.post(to, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert written(cast, page.writes) == before + 1


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_two_tabs_may_say_the_same(claire: Client, cast: Cast, case: Case, page: Page) -> None:
    before = written(cast, page.writes)
    tabs = [opened(claire, page, case) for _ in range(2)]
    assert [claire.post(*tab).status_code for tab in tabs] == [302, 302]
    assert written(cast, page.writes) == before + 2


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_that_comes_back_with_something_else_asks_before_writing_it(
    claire: Client, cast: Cast, case: Case, page: Page
) -> None:
    before = written(cast, page.writes)
    to, sent = opened(claire, page, case)
    claire.post(to, sent)
    refused = claire.post(to, sent | page.other)
    assert "Cette page a déjà été enregistrée" in refused.content.decode()
    assert written(cast, page.writes) == before + 1
    again = shown(refused.content.decode(), page.prefix)
    assert claire.post(to, sent | page.other | again).status_code == 302
    assert written(cast, page.writes) == before + 2


def test_a_key_that_is_none_is_replaced(claire: Client, cast: Cast, case: Case) -> None:
    to, sent = opened(claire, PAGES["money"], case)
    refused = claire.post(to, sent | {"entry_key": "douze"}).content.decode()
    assert "Cette page était incomplète" in refused
    assert claire.post(to, sent | shown(refused, "")).status_code == 302
    assert written(cast, FinancialEffect) == 1


def test_a_correction_clicked_twice_corrects_once(
    claire: Client, cast: Cast, case: Case, at: datetime
) -> None:
    with in_paris(cast):
        casework.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
    corrected = Page(f"/bureau/dossiers/{case.reference}/montants/1/", PAGES["money"].typed, Event, {})
    to, sent = opened(claire, corrected, case)
    assert [claire.post(to, sent).status_code for _ in range(2)] == [302, 302]
    assert written(cast, FinancialEffect) == 2


def together(cast: Cast, act: Callable[[], object]) -> list[object]:
    """The same act in two threads at the same moment: what each gave, or what it met."""
    start = Barrier(2)
    ends: list[Any] = []

    def run() -> None:
        start.wait(10)
        try:
            with in_paris(cast):
                ends.append(act())
        except IntegrityError as met:
            ends.append(met)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def test_two_clicks_at_the_same_instant_write_one_line_of_money(
    committed: str, cast: Cast, case: Case, at: datetime
) -> None:
    page = {"by": cast.nadia, "at": at, "entry_key": uuid4()}
    one, other = together(cast, lambda: casework.record_effect(case=case, change=a_change(), **page))
    assert one == other
    assert written(cast, FinancialEffect) == 1


def test_two_clicks_at_the_same_instant_open_one_finding(committed: str, cast: Cast, at: datetime) -> None:
    page = {"by": cast.claire, "at": at, "entry_key": uuid4()}
    one, other = together(cast, lambda: findings.open_finding(told=TOLD, **page))
    assert one == other
    assert written(cast, Finding) == 1


def test_the_database_itself_keeps_a_key_once(cast: Cast, at: datetime) -> None:
    key = uuid4()
    with in_paris(cast):
        finding = findings.open_finding(told=TOLD, by=cast.claire, at=at, entry_key=key)
        finding.pk, finding.number, finding._state.adding = None, 2, True
        with pytest.raises(IntegrityError, match="finding_entered_once"), transaction.atomic():
            finding.save()
