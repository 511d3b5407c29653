"""A year given to everybody: once, for every Caf, with no small number in it."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.states import Kind, Measure
from mediane.imports.states import State as ImportState
from mediane.jobs.figures import publish_year
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.statistics import actions
from mediane.statistics.models import Publication
from mediane.statistics.rules.indicators import INDICATORS
from tests.cast import Cast
from tests.conftest import SignedIn

pytestmark = pytest.mark.django_db
PAGE = "/pilotage/donnees-ouvertes/"


def cases_of(caf: Organisation, number: int, at: datetime, year: int = 2025) -> None:
    """Two channels, the rarer one four times."""
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        source = Import.objects.create(
            organisation=caf,
            kind=Kind.CASES,
            state=ImportState.TAKEN,
            lines=number,
            read_at=at,
            shown_name=str(year),
        )
        PastCase.objects.bulk_create(
            PastCase(
                organisation=caf,
                source=source,
                line=line,
                reference=str(line),
                received_on=f"{year}-{line % 12 + 1:02}-03",
                answered_on=f"{year}-{line % 12 + 1:02}-20",
                channel="ONLINE" if line > 4 else "POST",
                origin="BENEFICIARY",
                benefits=["APL"],
            )
            for line in range(1, number + 1)
        )
        actions.catch_up(caf=caf, at=at)


def totals_of(caf: Organisation, at: datetime) -> None:
    """Of 2025, without a case."""
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        given = {"kind": Kind.TOTALS, "state": ImportState.TAKEN, "lines": 1, "read_at": at}
        source = Import.objects.create(organisation=caf, shown_name="totaux", sha256="t", **given)
        PastTotal.objects.create(
            organisation=caf, source=source, line=1, year=2025, measure=Measure.RECEIVED, number=300
        )


@pytest.fixture
def counted(cast: Cast, at: datetime) -> None:
    cases_of(cast.paris, 240, at)
    cases_of(cast.tarn, 3, at)


def published(browser: SignedIn, cast: Cast) -> SignedIn:
    ordered = browser.as_staff(cast.helene).post(PAGE, {"year": "2025"}, follow=True)
    assertContains(ordered, "Publication de 2025 demandée")
    publish_year(year=2025, user_id=cast.helene.id)
    publish_year(year=2025, user_id=cast.helene.id)
    return browser


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {
            name: list(csv.reader(io.StringIO(opened.read(name).decode())))
            for name in opened.namelist()
            if name.endswith(".csv")
        }


def test_the_national_mediation_publishes_a_year_and_everybody_takes_it(
    browser: SignedIn, cast: Cast, counted: None
) -> None:
    helene = browser.as_staff(cast.helene)
    assertContains(helene.get(PAGE), "Publier une année")
    published(browser, cast)
    assertNotContains(browser.get(PAGE), 'value="2025"')
    for actor in (cast.claire, cast.nadia, cast.agnes):
        assertContains(browser.as_staff(actor).get(PAGE), "Hélène Marchetti")
    data = browser.get(f"{PAGE}2025/75.zip").content
    assert sheets(data)["received.csv"][-1] == ["2025", "240"]
    assert browser.get(f"{PAGE}2025/75.zip").content == data
    assert browser.get(f"{PAGE}2024/75.zip").status_code == 404
    assert browser.get(f"{PAGE}2025/99X.zip").status_code == 404


def test_anybody_takes_it_from_the_page_of_their_caf(
    browser: SignedIn, cast: Cast, counted: None, client: Client
) -> None:
    reports = "/rapports/75/"
    assertContains(client.get("/caf/75/"), f'href="{reports}"')
    assertContains(client.get(reports), "Aucune année n’est encore publiée")
    signed_in = published(browser, cast).get(f"{PAGE}2025/75.zip").content
    assertContains(client.get(reports), 'href="/donnees-ouvertes/75/2025/"')
    assertContains(client.get(reports), 'href="/donnees-ouvertes/reseau/2025/"')
    assertNotContains(client.get(reports), "Hélène Marchetti")
    assertContains(client.get(f"/rapports/{cast.cnaf.code}/"), "Chiffres 2025 (ZIP)")
    taken = client.get("/donnees-ouvertes/75/2025/")
    assert taken.content == signed_in
    assert "public" in taken["Cache-Control"]
    again = client.get("/donnees-ouvertes/75/2025/", headers={"If-None-Match": taken["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for nothing in ("75/2024", "99X/2025", "75/20250", "cnaf/2025"):
        assert client.get(f"/donnees-ouvertes/{nothing}/").status_code == 404


def test_of_a_caf_of_which_nothing_is_known_nothing_is_said(
    browser: SignedIn, cast: Cast, at: datetime, client: Client
) -> None:
    """No case of 2025 is counted in Tarn-et-Garonne: its totals say how many came, a zero would deny it."""
    cases_of(cast.paris, 240, at)
    cases_of(cast.tarn, 20, at, year=2024)
    totals_of(cast.tarn, at)
    published(browser, cast)
    # Nothing was ever counted in the Ain either.
    for unknown in ("82", "01"):
        assert client.get(f"/donnees-ouvertes/{unknown}/2025/").status_code == 404
    assertContains(client.get("/rapports/82/"), "Aucune année n’est encore publiée")
    network = client.get("/donnees-ouvertes/reseau/2025/").content
    assert sheets(network)["received.csv"][-1] == ["2025", "240"]
    with zipfile.ZipFile(io.BytesIO(network)) as opened:
        assert "la somme des Caf dont" in json.loads(opened.read("datapackage.json"))["description"]


def test_a_caf_that_nobody_wrote_to_that_year_says_so(
    browser: SignedIn, cast: Cast, at: datetime, client: Client
) -> None:
    cases_of(cast.paris, 240, at)
    cases_of(cast.tarn, 20, at, year=2024)
    published(browser, cast)
    taken = sheets(client.get("/donnees-ouvertes/82/2025/").content)
    assert taken["received.csv"][-1] == ["2025", "0"]


def test_small_numbers_and_what_would_give_them_are_masked(
    browser: SignedIn, cast: Cast, counted: None
) -> None:
    published(browser, cast)
    paris, tarn, network = (
        sheets(browser.get(f"{PAGE}2025/{place}.zip").content) for place in ("75", "82", "reseau")
    )
    channels = {row[0]: row[2:] for row in paris["channels.csv"]}
    assert channels["POST"] == channels["ONLINE"] == ["masqué", "masqué"]
    assert tarn["received.csv"][-1] == network["received.csv"][-1] == ["2025", "masqué"]
    assert {row[1] for row in tarn["received.csv"][1:]} == {"masqué"}


def test_the_package_says_what_each_column_is(browser: SignedIn, cast: Cast, counted: None) -> None:
    data = published(browser, cast).get(f"{PAGE}2025/75.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        told = json.loads(opened.read("datapackage.json"))
        assert {one["path"] for one in told["resources"]} | {"datapackage.json"} == set(opened.namelist())
    assert told["licenses"][0]["name"] == "etalab-2.0"
    assert "1 à 10" in told["description"]
    for one in told["resources"]:
        heads = sheets(data)[one["path"]][0]
        assert [field["name"] for field in one["schema"]["fields"]] == heads
        assert one["schema"]["missingValues"] == ["", "masqué"]
    causes = next(one for one in told["resources"] if one["name"] == "causes")
    assert INDICATORS["causes"].definition in causes["description"]


def test_a_year_is_published_once_and_keeps_its_figures(
    browser: SignedIn, cast: Cast, at: datetime, counted: None
) -> None:
    data = published(browser, cast).get(f"{PAGE}2025/75.zip").content
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        PastCase.objects.filter(line=9).delete()
        actions.recount_everything(caf=cast.paris, at=at)
    assert browser.get(f"{PAGE}2025/75.zip").content == data
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        with pytest.raises(actions.NotPublished, match="déjà publiée"):
            actions.publish_year(year=2025, by=cast.helene, at=at)
        assert Publication.objects.filter(year=2025, organisation=None).count() == 1


@pytest.mark.parametrize(("year", "words"), [(2026, "n’est pas finie"), (2003, "Rien n’est compté")])
def test_a_year_that_cannot_be_published_says_why(cast: Cast, at: datetime, year: int, words: str) -> None:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        with pytest.raises(actions.NotPublished, match=words):
            actions.publish_year(year=year, by=cast.helene, at=at)


def test_a_year_is_ordered_once(browser: SignedIn, cast: Cast, counted: None) -> None:
    helene = browser.as_staff(cast.helene)
    helene.post(PAGE, {"year": "2025"})
    assertContains(helene.post(PAGE, {"year": "2025"}), "déjà demandée")


def test_the_service_does_not_publish(browser: SignedIn, cast: Cast, counted: None) -> None:
    claire = browser.as_staff(cast.claire)
    assertNotContains(claire.get(PAGE), "Publier une année")
    claire.post(PAGE, {"year": "2025"})
    assertContains(claire.get(PAGE), "Aucune année publiée")


def test_a_year_not_over_here_is_not_offered(
    browser: SignedIn, cast: Cast, counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 12, 31, 12, tzinfo=UTC))
    assertNotContains(browser.as_staff(cast.helene).get(PAGE), "Publier une année")


def test_the_threshold_told_is_that_of_the_day_in_paris() -> None:
    """Half an hour after midnight there, the day before by the clock of the server."""
    published = Publication(year=2025, published_at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    assert published.published_on == date(2026, 2, 1)
