"""Ways in and out."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.web import gate
from mediane.web.signin import arrival


def test_nobody_signs_in_where_no_sign_in_was_chosen(db, client, settings):
    settings.SIGN_IN = "mediane.web.signin.closed"

    for address in ("/connexion/", "/bureau/connexion/"):
        page = client.get(address)

        assert page.status_code == 503
        assert "n’est pas encore ouverte" in page.content.decode()


def test_the_default_settings_choose_no_sign_in_and_no_demonstration():
    answer = _django("from django.conf import settings as s; print(s.SIGN_IN, s.DEMONSTRATION)")

    assert answer.stdout.split() == ["mediane.web.signin.closed", "False"]


def test_the_demonstration_has_no_address_in_production():
    answer = _django(
        "import django; django.setup(); from django.urls import Resolver404, resolve\n"
        "try: print(resolve('/demonstration/'))\nexcept Resolver404: print('none')"
    )

    assert answer.stdout.strip() == "none", answer.stderr


def test_the_demonstration_s_sign_in_cannot_be_chosen_in_production(tmp_path):
    (tmp_path / "wrong.py").write_text(
        "from mediane.settings.base import *\nSIGN_IN = 'mediane.web.demonstration.sign_in'\n"
    )

    answer = _check("wrong", tmp_path)

    assert answer.returncode != 0
    assert "mediane.E002" in answer.stderr


def test_the_demonstration_cannot_be_opened_to_a_public_host(tmp_path):
    (tmp_path / "wrong.py").write_text(
        "from mediane.settings.demonstration import *\nALLOWED_HOSTS = ['mediation.caf.invalid']\n"
    )

    answer = _check("wrong", tmp_path)

    assert answer.returncode != 0
    assert "mediane.E001" in answer.stderr


def test_the_production_settings_pass_the_check(tmp_path):
    answer = _check("mediane.settings.base", tmp_path)

    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("address", ["/connexion/", "/bureau/connexion/"])
@pytest.mark.parametrize(
    "suite", ["https://ailleurs.invalid/", "//ailleurs.invalid", "javascript:alert(1)", "ici"]
)
def test_a_sign_in_never_leads_elsewhere(browser, cast, address, suite):
    page = browser.get(address, {"suite": suite})

    assert page.status_code == 302
    assert "suite" not in page.url


def test_whoever_is_signed_in_goes_straight_on(browser, cast):
    assert browser.as_person(cast.samira).get("/connexion/", {"suite": "/aide/"}).url == "/aide/"
    assert browser.as_staff(cast.claire).get("/bureau/connexion/").url == "/bureau/"


def test_signing_out_ends_both_kinds_of_session(browser, cast):
    browser.as_person(cast.samira).as_staff(cast.claire)

    page = browser.post("/deconnexion/")

    assert page.url == "/"
    assert gate.PERSON not in browser.session
    assert gate.MEMBER not in browser.session


def test_one_signs_out_by_a_button_only(browser, cast):
    assert browser.as_person(cast.samira).get("/deconnexion/").status_code == 405
    assert gate.PERSON in browser.session


def test_signing_in_is_written_in_the_journal_and_changes_the_session_key(cast):
    browser = Client()
    browser.get("/demonstration/")
    before = browser.session.session_key

    browser.post("/demonstration/entrer/", {"audience": "person", "who": cast.samira.pk})

    assert browser.session.session_key != before
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert Entry.objects.filter(verb="sign_in", actor_name="Samira Belkacem").count() == 1


def _check(settings_module: str, folder) -> subprocess.CompletedProcess:
    given = ["-m", "django", "check", "--settings", settings_module]
    return _run(given, PYTHONPATH=str(folder), ALLOWED_HOSTS="mediation.caf.invalid")


def _django(code: str) -> subprocess.CompletedProcess:
    return _run(["-c", code], DJANGO_SETTINGS_MODULE="mediane.settings.base")


def _run(arguments: list[str], **variables: str) -> subprocess.CompletedProcess:
    environment = os.environ | {"MEDIANE_DATA": "/nonexistent"} | variables
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("kind", "asked", "led"),
    [
        ("head", "", "/pilotage/"),
        ("national", "", "/pilotage/"),
        ("head", "/bureau/dossiers/K7MQ-4TRX/", "/pilotage/"),
        ("head", "/pilotage/tests/", "/pilotage/tests/"),
        ("staff", "/bureau/service/", "/bureau/service/"),
    ],
)
def test_a_sign_in_leads_to_no_page_that_would_refuse(rf, kind, asked, led):
    assert arrival.after(asked, kind, rf.get("/")) == led
