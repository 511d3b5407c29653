"""The letters that wait to be read over, as one list."""

from datetime import datetime
from typing import Any

import pytest
from pytest_django.asserts import assertContains

from mediane.correspondence import actions
from mediane.correspondence.models import Kind
from mediane.correspondence.queries import templates_of
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case


@pytest.mark.parametrize("letters", [1, 20])
def test_the_list_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, at: datetime, letters: int, django_assert_num_queries: Any
) -> None:
    template = templates_of(Kind.REPLY, at.date())[0]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for _ in range(letters):
            case = a_studied_case(cast.samira, cast.nadia, at)
            draft = actions.begin_reply(case=case, template=template, by=cast.nadia, at=at)
            actions.ask_reading(letter=draft, seen_version=draft.version, by=cast.nadia, at=at)
    claire = browser.as_staff(cast.claire)
    claire.get("/bureau/service/relecture/")
    with django_assert_num_queries(8):
        shown = claire.get("/bureau/service/relecture/")
    assertContains(shown, "/reponse/relire/", count=letters)
