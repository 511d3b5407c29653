"""The addresses of other people’s systems, as the environment gives them."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from mediane.kit import checks
from mediane.settings import env


@pytest.mark.parametrize(
    "given",
    ["", "https://grc.example.org/v1", "http://127.0.0.1:8080/v1", "http://localhost", "http://[::1]:1"],
)
def test_a_safe_address_is_taken_as_it_is(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_URL", given)
    assert env.address("CRM_URL") == given


@pytest.mark.parametrize(
    "given",
    [
        "http://grc.example.org/v1",
        "http://127.0.0.1.example.org",
        "grc.example.org",
        "ftp://grc.example.org",
        "https://",
    ],
)
def test_an_address_that_anybody_could_listen_to_stops_the_start(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_URL", given)
    with pytest.raises(ImproperlyConfigured, match="CRM_URL must be an https"):
        env.address("CRM_URL")


def test_a_register_without_its_token_stops_the_start(settings: LazySettings) -> None:
    settings.CRM_URL, settings.CRM_TOKEN = "https://grc.example.org/v1", "short"
    assert [problem.id for problem in checks.the_register_has_a_token()] == ["mediane.E005"]
    settings.CRM_TOKEN = "long enough to be drawn"
    assert checks.the_register_has_a_token() == []
    settings.CRM_URL, settings.CRM_TOKEN = "", ""
    assert checks.the_register_has_a_token() == []


def test_letters_that_nothing_would_read_are_told_of_at_the_start(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.shutil, "which", lambda *_, **__: "/usr/bin/ocrmypdf")
    monkeypatch.setattr(checks.confined, "can_wall", lambda: False)
    settings.OCR_WITHOUT_WALLS = False
    assert [problem.id for problem in checks.recognition_is_walled()] == ["mediane.W001"]
    settings.OCR_WITHOUT_WALLS = True
    assert checks.recognition_is_walled() == []


@pytest.mark.parametrize(("given", "is_said"), [("", False), ("yes", True), ("no", False), ("oui", False)])
def test_walls_are_left_out_by_one_word_only(
    given: str, is_said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIANE_OCR_WITHOUT_WALLS", given)
    assert env.yes("MEDIANE_OCR_WITHOUT_WALLS") is is_said
