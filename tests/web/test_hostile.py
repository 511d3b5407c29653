"""Whatever is typed, in whatever field or address: an answer in words, never a 500."""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from django.urls import reverse

from mediane.casework import actions as casework
from mediane.eligibility import actions as eligibility
from mediane.eligibility.rules import Answers, Subject
from mediane.kit import rowsecurity
from mediane.referrals import actions as referrals
from mediane.web.citizen import journey
from mediane.web.desk import filters
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.house.test_doors import URLS
from tests.stories import a_draft, a_studied_case

FILTERS = (
    *filters.LISTS,
    *filters.DATES,
    filters.PERSON,
    filters.URGENT,
    filters.VIEW,
    filters.AFTER,
    "suite",
    "caf",
)
HOSTILE = {
    "nul": "a\x00b",
    "only nul": "\x00",
    "very long": "é" * 100_000,
    "right to left": "\u202etxt.exe\u2066",
    "outside the plane": "🧾👩🏽‍⚖️",
    "markup": "<script>alert(1)</script>{{ 7*7 }}",
    "number": "9" * 40,
    "bad number": "-1",
    "strange digits": "٣²",
}
ENDINGS = (
    "citizen:check",
    "citizen:withdraw",
    "citizen:litigation",
    "desk:admissibility",
    "desk:litigation",
    "desk:withdraw",
)
FIELD = re.compile(r"<(?:input|textarea|select)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
VALUE = re.compile(r"value=\"([^\"]*)\"")


@pytest.fixture
def browsers(cast: Cast, at: datetime) -> dict[str, SignedIn]:
    """Claire, with a case of Samira that waits; Samira, with a draft ready to be sent."""
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.ask_documents(case=case, labels=["Bail"], due_on=date(2026, 12, 1), by=cast.claire, at=at)
    draft = a_draft(cast.samira, datetime.now(UTC))
    answers = Answers(
        about_caf=True,
        subject=Subject.INDIVIDUAL_BENEFIT,
        has_complained=True,
        complained_on=date(2026, 1, 14),
        was_answered=False,
        cra_pending=False,
        before_a_court=False,
        already_asked=False,
        is_urgent=False,
    )
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        check = eligibility.keep(
            answers=answers, of=cast.samira, told="", by=cast.samira.as_actor(), at=at, run_began_at=at
        )
        referrals.save(draft=draft, at=at, check_passed=check, answers=eligibility.as_json(answers))
    people = {"person": SignedIn().as_person(cast.samira), "staff": SignedIn().as_staff(cast.claire)}
    for browser in people.values():
        browser.reference = case.reference  # type: ignore[attr-defined]
    return people


def pages() -> list[tuple[str, dict[str, str]]]:
    """Every address, with each of the slugs the journeys know."""
    slugs = {
        "citizen:question": tuple(journey.SLUGS.values()),
        "citizen:request_step": journey.STEPS,
        "citizen:autosave": journey.STEPS,
    }
    return [
        (name, {"slug": slug} if slug else {})
        # What ends a request or a case comes last: nothing is left to type in afterwards.
        for name in sorted(URLS, key=lambda name: (name in ENDINGS, name))
        for slug in slugs.get(name, ("",))
        if name not in ("signin:sign_out", "demonstration:enter")
    ]


def address(name: str, given: dict[str, str], reference: str) -> str:
    examples = {"UUIDConverter": "00000000-0000-0000-0000-000000000001", "IntConverter": "1"}
    filled = {
        key: {"reference": reference, "code": "75"}.get(key)
        or given.get(key)
        or examples.get(type(converter).__name__, "inconnu")
        for key, converter in URLS[name].pattern.converters.items()
    }
    return reverse(name, kwargs=filled)


def typed(page: str, hostile: str) -> list[dict[str, str]]:
    """All the fields of a page hostile at once, then each alone beside what the page proposes."""
    found: dict[str, str] = {}
    for match in FIELD.finditer(page):
        value = VALUE.search(match[0])
        found.setdefault(match[1], value[1] if value else "")
    found.pop("csrfmiddlewaretoken", None)
    alone = [found | {name: hostile} for name in found]
    return [dict.fromkeys([*found, "reference", "q", "cases"], hostile), *alone]


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_no_form_breaks(browsers: dict[str, SignedIn], kind: str) -> None:
    fields = 0
    for name, given in pages():
        browser = browsers["staff" if name.startswith("desk:") else "person"]
        place = address(name, given, browser.reference)  # type: ignore[attr-defined]
        shown = browser.get(place)
        text = shown.content.decode() if "html" in shown.get("Content-Type", "") else ""
        fields += len(FIELD.findall(text))
        for sent in typed(text, HOSTILE[kind]):
            assert browser.post(place, sent).status_code < 500, (name, list(sent))
    assert fields > 100


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_no_address_breaks(browsers: dict[str, SignedIn], kind: str) -> None:
    hostile = HOSTILE[kind][:2000]
    for name, given in pages():
        browser = browsers["staff" if name.startswith("desk:") else "person"]
        place = address(name, given, browser.reference)  # type: ignore[attr-defined]
        assert browser.get(place, dict.fromkeys(FILTERS, hostile)).status_code < 500, name
        for part in {browser.reference, "75", "inconnu"} & set(place.split("/")):  # type: ignore[attr-defined]
            assert browser.get(place.replace(part, quote(hostile, safe=""))).status_code < 500, name


@pytest.mark.parametrize("year", ["0001", "2206", "9999"])
def test_no_far_date_is_taken_for_a_day_of_a_case(browsers: dict[str, SignedIn], year: str) -> None:
    browser = browsers["staff"]
    for name, field in (("hold", "look_again_on"), ("ask_documents", "due_on")):
        place = address(f"desk:{name}", {}, browser.reference)  # type: ignore[attr-defined]
        version = VALUE.search(re.search(r"<input[^>]*version[^>]*>", browser.get(place).text)[0])[1]  # type: ignore[index]
        typed_date = {f"{field}_day": "31", f"{field}_month": "12", f"{field}_year": year}
        sent = {"version": version, "body": "MDPH", "reason": "Renouvellement", "others": "Bail"} | typed_date
        answer = browser.post(place, sent)
        assert answer.status_code == 200, name
        assert "Choisissez un jour" in answer.text, name
