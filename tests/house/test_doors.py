"""Every URL × every member of the cast. A new URL fails until it is written in the table."""

import uuid
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast
from tests.conftest import SignedIn
from tests.house.doors import DOORS, HEAD, NATIONAL, SERVICE, VISITORS
from tests.stories import a_studied_case


def every_url(resolver: URLResolver, namespace: str = "") -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= every_url(pattern, pattern.namespace or pattern.app_name or namespace)
        else:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name or str(pattern.pattern)
            found[name] = pattern
    return found


URLS = every_url(get_resolver())


def test_every_url_is_in_the_table_and_no_other() -> None:
    assert sorted(URLS) == sorted(DOORS)


@pytest.fixture
def visitors(cast: Cast, at: datetime) -> dict[str, Client]:
    return {
        "anonymous": Client(),
        "samira": SignedIn().as_person(cast.samira),
        "awa": SignedIn().as_person(cast.awa),
        "nadia": SignedIn().as_staff(cast.nadia),
        "claire": SignedIn().as_staff(cast.claire),
        "remi": SignedIn().as_staff(cast.remi),
    }


@pytest.mark.parametrize("name", sorted(URLS))
def test_a_door_opens_to_whom_the_table_says(
    name: str, cast: Cast, at: datetime, visitors: dict[str, Client]
) -> None:
    address = address_of(name, cast, at)
    got = tuple(outcome(visitors[who].get(address)) for who in VISITORS)
    assert got == DOORS.get(name), f"DOOR {name}: {got}"


@pytest.mark.parametrize("name", sorted(URLS))
def test_the_national_mediation_opens_no_door_of_a_caf(name: str, cast: Cast, at: datetime) -> None:
    got = outcome(SignedIn().as_staff(cast.helene).get(address_of(name, cast, at)))
    refused = 403 if name.startswith(("desk:", "service:")) else DOORS[name][0]
    assert got == NATIONAL.get(name, refused)


@pytest.mark.parametrize("name", sorted(URLS))
def test_the_head_of_a_caf_opens_no_door_of_a_case(name: str, cast: Cast, at: datetime) -> None:
    got = outcome(SignedIn().as_staff(cast.agnes).get(address_of(name, cast, at)))
    refused = 403 if name.startswith(("desk:", "service:")) else DOORS[name][0]
    assert got == HEAD.get(name, refused)


@pytest.mark.parametrize("name", sorted(URLS))
def test_a_service_opens_no_door_but_its_own(name: str, cast: Cast, at: datetime) -> None:
    got = outcome(SignedIn().as_staff(cast.malik).get(address_of(name, cast, at)))
    refused = 403 if name.startswith(("desk:", "steering:")) else DOORS[name][0]
    assert got == SERVICE.get(name, refused)


def address_of(name: str, cast: Cast, at: datetime) -> str:
    """Filled with a case of Samira’s that Claire studies."""
    known = {"reference": a_studied_case(cast.samira, cast.claire, at).reference, "code": "75"}
    converters = URLS[name].pattern.converters.items()
    return reverse(name, kwargs={key: known.get(key, example_of(one)) for key, one in converters})


def outcome(answer: HttpResponse) -> int:
    """The status; 401 when the way leads to the sign-in page."""
    leads_to_sign_in = answer.status_code == 302 and "/connexion/?suite=" in answer["Location"]
    return 401 if leads_to_sign_in else answer.status_code


def example_of(converter: object) -> object:
    return {"UUIDConverter": uuid.UUID(int=1), "IntConverter": 1}.get(type(converter).__name__, "inconnu")
