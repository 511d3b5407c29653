from datetime import datetime

import pytest
from django.conf import LazySettings

from mediane.kit import clock
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.citizen.registers import HERE
from tests.web.citizen.steps import Journey


@pytest.fixture(autouse=True)
def today_is_the_ninth(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """9 November 2026, 14 h 41."""
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture(autouse=True)
def two_known_complaints(settings: LazySettings) -> None:
    settings.COMPLAINT_REGISTER = f"{HERE}.TwoComplaints"


@pytest.fixture
def samira(browser: SignedIn, cast: Cast) -> Journey:
    """Samira in front of her screen, nothing begun."""
    return Journey(browser.as_person(cast.samira), cast.samira)
