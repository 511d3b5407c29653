"""What belongs to another Caf is as unknown as what does not exist, by every door, read or written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from mediane.attendance.models import Absence
from mediane.casework.models import Case
from mediane.consultations.models import Consultation
from mediane.correspondence.models import LetterTemplate
from mediane.kit import clock
from mediane.worklists import actions
from mediane.worklists.actions.views import Said
from mediane.worklists.models import Operation, SavedView
from tests.attendance.away import away
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.consultations.stories import a_consultation
from tests.correspondence.libraries import at_work, written
from tests.house.test_doors import URLS, example_of, outcome
from tests.stories import a_studied_case
from tests.worklists.stories import asked, in_paris

UNKNOWN = "ZZZZ-ZZZZ"
WATCHED = (Absence, Case, Consultation, LetterTemplate, Operation, SavedView)


@pytest.fixture
def of_paris(cast: Cast, at: datetime) -> dict[str, dict[str, Any]]:
    """By a part of the name of a door, what it would be opened with."""
    case = a_studied_case(cast.samira, cast.claire, at)
    tomorrow = clock.today() + timedelta(days=1)
    absence = away(cast.nadia, cast.claire, tomorrow, tomorrow, clock.now())
    operation = asked(cast, [case], to=cast.nadia)
    with in_paris(cast):
        view = actions.keep(said=Said("Tout", is_shared=True), asked={}, columns=(), by=cast.claire, at=at)
    with at_work(cast.claire):
        template = written(cast.claire, at)
    question = a_consultation(cast.samira, cast.claire, at, case=case)
    return {
        "absence": {"number": absence.pk},
        "operation": {"number": operation.number},
        "sheet": {"number": operation.number},
        "view": {"number": view.number},
        "template": {"code": template.code, "version": template.version},
        "begin_version": {"code": template.code},
        "": {"reference": case.reference, "public_id": question.public_id, "slug": "decision"},
    }


def rows(cast: Cast) -> list[list[Any]]:
    with in_paris(cast):
        return [list(model.objects.order_by("pk").values()) for model in WATCHED]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_mediator_of_another_caf_meets_nothing_and_moves_nothing(
    verb: str, cast: Cast, at: datetime, of_paris: dict[str, dict[str, Any]]
) -> None:
    remi, before = SignedIn().as_staff(cast.remi), rows(cast)
    for name, pattern in URLS.items():
        keys = pattern.pattern.converters
        if not name.startswith(("desk:", "steering:")) or not keys:
            continue
        unknown = {key: example_of(converter) for key, converter in keys.items()}
        unknown |= {"reference": UNKNOWN} if "reference" in keys else {}
        theirs = next(known for part, known in of_paris.items() if part in name)
        real = unknown | {key: value for key, value in theirs.items() if key in keys}
        there, nowhere = (
            outcome(getattr(remi, verb)(reverse(name, kwargs=kwargs))) for kwargs in (real, unknown)
        )
        assert there == nowhere, f"{verb} {name}: {there}, and {nowhere} for what does not exist"
        assert there != 200 or verb == "post" or real == unknown, name
    assert rows(cast) == before


def test_whose_they_are_meets_them(cast: Cast, at: datetime, of_paris: dict[str, dict[str, Any]]) -> None:
    claire = SignedIn().as_staff(cast.claire)
    for name, part in {
        "desk:operation": "operation",
        "desk:change_view": "view",
        "steering:template_version": "template",
    }.items():
        assert claire.get(reverse(name, kwargs=of_paris[part])).status_code == 200
    case, absence = of_paris[""], of_paris["absence"]
    assert claire.get(reverse("desk:appeal_clock", args=[case["reference"]])).status_code == 200
    nadia = SignedIn().as_staff(cast.nadia)
    assert nadia.get(reverse("desk:change_absence", kwargs=absence)).status_code == 200
