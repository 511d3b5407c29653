"""The home of steering: what it says, in whatever state the figures are."""

import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework.states import Effect
from mediane.kit import clock
from mediane.kit.spreadsheet import read as read_sheet
from mediane.web.steering.figures.page import FIGURES
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.steering.counted import a_fact, count, out_of_scope, paid

URL = "/pilotage/"
JUNE, EARLIER = date(2023, 6, 12), date(2022, 1, 12)


def page(browser: SignedIn, query: str = "?periode=2023") -> str:
    answer = browser.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def two_years(cast: Cast) -> None:
    """2022: 80 handled, 2023: 100 and 60 out of scope, a peak in March."""
    months = [date(2023, rank, 5) for rank in range(1, 13)]
    facts = [a_fact(EARLIER) for _ in range(80)] + [out_of_scope(EARLIER) for _ in range(40)]
    facts += [a_fact(months[rank % 12], cause="OTHER") for rank in range(60)]
    facts += [a_fact(date(2023, 3, 8), money=(paid(Effect.BACK_PAYMENT, 100),)) for _ in range(40)]
    facts += [out_of_scope(months[rank % 12]) for rank in range(60)]
    count(cast.paris, facts)


def test_the_first_sentence_and_the_numbers_say_what_changed(browser, cast: Cast) -> None:
    two_years(cast)
    said = page(browser.as_staff(cast.claire))
    assert "En 2023, 160\u00a0saisines ont été traitées." in said
    assert "relèvent de la médiation a augmenté de 25\u00a0% entre 2022 et 2023" in said
    assert "celui des autres a augmenté de 50\u00a0%." in said
    assert "120 en 2022, soit +33,33\u00a0%" in said
    assert "Un pic, en mars" in said
    # « Autre cause » counts more, and is the first of nothing.
    assert "Absence de paiement, première cause\u00a0: 40,0\u00a0%" in said
    assert "4\u00a0000,00\u00a0€ rendus aux allocataires" in said


def test_another_year_is_compared_with_or_none(browser, cast: Cast) -> None:
    two_years(cast)
    count(cast.paris, [a_fact(date(2020, 2, 3)) for _ in range(50)])
    browser.as_staff(cast.claire)
    assert "entre 2020 et 2023" in page(browser, "?periode=2023&comparer=2020")
    alone = page(browser, "?periode=2023&comparer=aucune")
    assert "en 2022" not in alone
    assert "100 relèvent de la médiation, 60 non." in alone


def test_a_caf_is_shown_beside_the_network(browser, cast: Cast) -> None:
    count(cast.paris, [a_fact(JUNE, cause="OTHER") for _ in range(30)])
    count(cast.tarn, [a_fact(JUNE) for _ in range(90)])
    said = page(browser.as_staff(cast.claire))
    assert "Trait noir\u00a0: réseau des Caf" in said
    row = next(line for line in said.splitlines() if '<th scope="row">Autre cause' in line)
    assert ">100,00\u00a0%<" in row
    assert ">25,00\u00a0%<" in row


def test_a_caf_chooses_no_other_place(browser, cast: Cast) -> None:
    count(cast.tarn, [a_fact(JUNE)])
    for who in (cast.claire, cast.nadia, cast.agnes):
        said = page(browser.as_staff(who), "?periode=2023&lieu=82")
        assert 'name="lieu"' not in said
        assert "Rien n’est encore compté ici" in said


def test_the_national_mediation_chooses_a_caf_a_region_or_the_network(browser, cast: Cast) -> None:
    count(cast.paris, [a_fact(JUNE) for _ in range(3)])
    count(cast.tarn, [a_fact(JUNE) for _ in range(2)])
    browser.as_staff(cast.helene)
    for place, number in (("", 5), ("82", 2), ("75", 3), ("region:Occitanie", 2), ("nulle-part", 5)):
        said = page(browser, f"?periode=2023&lieu={place}")
        assert f"{number}\u00a0saisines ont été traitées" in said, place


@pytest.mark.parametrize("who", ["claire", "nadia", "agnes", "helene"])
def test_everybody_of_steering_lands_on_it_from_the_bar(browser, cast: Cast, who: str) -> None:
    said = page(browser.as_staff(getattr(cast, who)), "")
    assert '<a href="/pilotage/" aria-current="page">Chiffres</a>' in said


def test_a_year_without_a_case_says_so(browser, cast: Cast) -> None:
    two_years(cast)
    said = page(browser.as_staff(cast.claire), "?periode=2020")
    assert "En 2020, aucune saisine n’a été reçue ni traitée." in said
    assert "les chiffres d’ici commencent en 2022" in said


def test_a_caf_that_has_received_nothing_yet_says_so(browser, cast: Cast) -> None:
    assert "Rien n’est encore compté ici" in page(browser.as_staff(cast.remi))


def test_one_case_makes_no_percentage_and_no_peak(browser, cast: Cast) -> None:
    count(cast.paris, [a_fact(JUNE)])
    said = page(browser.as_staff(cast.claire))
    assert "En 2023, 1\u00a0saisine a été traitée. Elle relève de la médiation." in said
    assert "Rien n’était compté avant juin 2023." in said
    assert ", soit" not in said
    assert "Saisines traitées, mois par mois" in said


def test_a_caf_opened_in_november_is_not_compared_with_nothing(browser, cast: Cast) -> None:
    count(cast.paris, [a_fact(date(2022, 11, 20)) for _ in range(40)])
    count(cast.paris, [a_fact(JUNE) for _ in range(90)])
    said = page(browser.as_staff(cast.claire))
    assert "Les chiffres commencent en novembre 2022" in said
    assert ", soit" not in said


def test_a_filter_that_selects_nobody_says_so_and_leads_out(browser, cast: Cast) -> None:
    two_years(cast)
    browser.as_staff(cast.claire)
    said = page(browser, "?periode=2023&canal=PHONE&prestation=AAH")
    assert "En 2023, aucune saisine traitée ne répond à ces filtres." in said
    assert "Aucune saisine ne répond à ces choix" in said
    assert "100\u00a0saisines" not in said


def test_filters_narrow_every_number_and_the_files_too(browser, cast: Cast) -> None:
    count(cast.paris, [a_fact(JUNE), a_fact(JUNE, channel="MAIL"), a_fact(JUNE, benefits=("RSA",))])
    browser.as_staff(cast.claire)
    said = page(browser, "?periode=2023&canal=MAIL")
    assert "1\u00a0saisine a été traitée" in said
    assert "chiffres/months.csv?periode=2023&amp;comparer=2022&amp;canal=MAIL" in said
    rows = as_rows(browser.get(f"{URL}chiffres/months.csv?periode=2023&canal=MAIL").content)
    assert ["Juin 2023", "1"] in rows
    assert ["Juillet 2023", "0"] in rows


def test_a_year_under_way_claims_no_change(browser, cast: Cast) -> None:
    today = clock.today()
    last = today.replace(year=today.year - 1, day=1)
    count(cast.paris, [a_fact(last) for _ in range(60)] + [a_fact(today.replace(day=1)) for _ in range(50)])
    said = page(browser.as_staff(cast.claire), f"?periode={today.year}")
    assert "n’est pas fini" in said
    assert f"60 aux mêmes mois de {last.year}" in said
    assert ", soit" not in said


def as_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_each_figure_is_given_as_csv_xlsx_and_svg(browser, cast: Cast, code: str) -> None:
    two_years(cast)
    browser.as_staff(cast.agnes)
    given = {
        ending: browser.get(f"{URL}chiffres/{code}.{ending}?periode=2023")
        for ending in ("csv", "xlsx", "svg")
    }
    assert {answer.status_code for answer in given.values()} <= {200, 404}
    assert given["csv"]["Content-Disposition"] == f'attachment; filename="mediane-{code}-75-2023.csv"'
    heads = as_rows(given["csv"].content)[0]
    assert read_sheet(given["xlsx"].content, most=100)[0] == heads
    if given["svg"].status_code == 200:
        assert given["svg"].content.startswith(b"<svg ")
        assert b'role="img"' in given["svg"].content


def test_what_is_not_a_figure_is_not_found(browser, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    for address in ("chiffres/inconnu.csv", "chiffres/months.pdf"):
        assert browser.get(URL + address).status_code == 404


def test_each_chart_has_an_alternative_a_table_and_a_definition(browser, cast: Cast) -> None:
    two_years(cast)
    said = page(browser.as_staff(cast.claire))
    figures = said.split('<section class="m-figure')[1:]
    assert len(figures) == len(FIGURES)
    for one in figures:
        assert "<table" in one
        assert "Comment c’est compté" in one
        assert one.count("<svg") == one.count('role="img" aria-label="')
    names = [part.split('"')[0] for part in said.split(' id="')[1:]]
    assert sorted(names) == sorted(set(names))


def test_without_the_engine_of_charts_there_are_tables(
    browser, cast: Cast, monkeypatch, settings, tmp_path
) -> None:
    count(cast.paris, [a_fact(JUNE)])
    settings.CACHES = settings.CACHES | {
        "drawings": settings.CACHES["drawings"] | {"LOCATION": tmp_path},
    }
    monkeypatch.setattr("mediane.kit.charts.SECONDS", 0)
    said = page(browser.as_staff(cast.claire))
    assert "Les graphiques ne sont pas disponibles pour l’instant." in said
    assert '<svg class="m-chart' not in said
    assert '<th scope="row">Juin 2023</th>' in said


def test_its_cost_is_the_same_with_a_history(browser, cast: Cast) -> None:
    browser.as_staff(cast.claire)
    count(cast.paris, [a_fact(JUNE)])
    page(browser)
    with CaptureQueriesContext(
        connection,
    ) as little:
        page(browser)
    count(cast.paris, [a_fact(date(year, month, 3)) for year in range(2010, 2023) for month in range(1, 13)])
    cache.clear()
    with CaptureQueriesContext(connection) as much:
        page(browser)
    assert len(little) == len(much) <= 14
