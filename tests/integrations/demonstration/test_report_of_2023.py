"""The report of the Caf de Paris for 2023, in a reader’s hands: every figure of the source, to the cent.

What the source states stands in `stated_2023.json`; everything is read back out of the finished PDF. Of its
social data and its events it prints no number that can be read: those numbers are invented, and come out too.
"""

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction

from mediane.casework.rules.money import BUCKETS
from mediane.command.report import build
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Membership
from mediane.organisations.queries import by_code, the_national_mediation
from mediane.reports.queries.drafts import contents_of, unwritten
from mediane.reports.queries.editions import frozen, last_frozen
from mediane.reports.rules.composing import every_block, tables_in
from mediane.reports.rules.wording import euros, shown
from mediane.reports.states import Audience
from mediane.statistics import actions as statistics
from mediane.statistics.queries.published import publication, years_to_publish
from mediane.statistics.rules.recipes import RECIPES
from tests.reports.reading import Printed, amount, faults

pytestmark = pytest.mark.slow
STATED = json.loads((Path(__file__).parent / "stated_2023.json").read_text())
INSIDE, PUBLIC = "rapport-75-2023-interne", "rapport-75-2023"


@pytest.fixture(scope="module")
def folder(loaded, tmp_path_factory) -> Path:
    made: Path = tmp_path_factory.mktemp("report")
    build(code="75", year=2023, to=made)
    return made


@pytest.fixture(scope="module")
def printed(folder: Path) -> Printed:
    return Printed((folder / f"{INSIDE}.pdf").read_bytes())


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1)))


def points(cells: list[str]) -> Decimal:
    """Of a row whose cells are a number and a share for each of the two years."""
    return amount(cells[3]) - amount(cells[1])


def test_volumes_and_how_they_moved(printed: Printed) -> None:
    names = ("Médiation", "Hors médiation", "Ensemble")
    rows = {name: printed.row("Saisines traitées", name) for name in names}
    assert [int(amount(rows[name][1])) for name in names] == STATED["handled"]["2023"]
    assert [int(amount(rows[name][0])) for name in names] == STATED["handled"]["2022"]
    assert rows["Médiation"][2] == STATED["variations_percent"]["mediation"]
    assert rows["Hors médiation"][2] == STATED["variations_percent"]["out_of_scope"]
    assert int(amount(printed.row("Saisines traitées sur cinq années", "2021")[2])) == STATED["handled_2021"]
    moved = re.search(r"a augmenté de ([\d,]+) % entre 2021 et 2022", printed.words)
    assert moved
    assert rounded(amount(moved[1])) == STATED["variation_2021_2022_percent"]
    assert "a diminué de 12,69 % entre 2022 et 2023" in printed.words
    assert "a augmenté de 28,22 % entre 2022 et 2023" in printed.words


def test_two_peaks_and_months_that_add_up(printed: Printed) -> None:
    said = re.search(
        r"L’année 2023 a connu deux pics d’activité : (\w+) \(\d+ saisines\) et (\w+)", printed.words
    )
    assert said
    assert list(said.groups()) == STATED["peaks"]
    names = ("Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août")
    names += ("Septembre", "Octobre", "Novembre", "Décembre")
    rows = [printed.row("Saisines traitées par mois", name) for name in names]
    for year, rank in (("2022", 0), ("2023", 1)):
        assert sum(int(amount(row[rank])) for row in rows) == STATED["handled"][year][2]


def test_who_refers_and_who_comes_back(printed: Printed) -> None:
    for year, (number, percent) in STATED["repeats_percent"].items():
        row = printed.row("Réitérations", year)
        assert row[0] == number
        assert amount(row[1]).quantize(Decimal("0.1")) == Decimal(percent)
    assert rounded(points(printed.row("Origine des saisines", "Caf ou Cnaf"))) == STATED["caf_cnaf_points"]
    assert "La part « Caf ou Cnaf » a perdu 5 points entre 2022 et 2023" in printed.words
    assert abs(points(printed.row("Origine des saisines", "Délégué du Défenseur des droits"))) < 1
    assert "La part « Délégué du Défenseur des droits » se stabilise" in printed.words


def test_by_which_way(printed: Printed) -> None:
    ways = {
        name: printed.row("Canaux, médiation et hors médiation", name) for name in ("Courriel", "Courrier")
    }
    assert abs(amount(ways["Courriel"][2])) < 1
    assert 0 < amount(ways["Courrier"][2]) < 10
    out = printed.row("Canaux des demandes hors médiation", "En ligne")
    assert int(amount(out[2])) == STATED["out_of_scope_online"]
    assert "144 demandes hors médiation sont venues de la téléprocédure" in printed.words
    came = re.search(r"([\d,]+) % des saisines traitées par la médiation sont venues de la", printed.words)
    assert came
    assert 45 < amount(came[1]) < 50
    assert STATED["open_since"] in printed.words


def test_causes_grounds_and_benefits(printed: Printed) -> None:
    for name, percent in STATED["causes_percent"].items():
        assert rounded(amount(printed.row("Causes analysées", name)[3])) == percent
    title = "Motifs donnés par les personnes"
    for name, moved in STATED["grounds_points"].items():
        assert rounded(points(printed.row(title, name))) == moved
    decision = amount(printed.row(title, "Décision incomprise")[3])
    assert decision == Decimal(STATED["decision_not_understood_percent"])
    assert "La part « Décision incomprise » a gagné 13 points entre 2022 et 2023, à 32,9 %" in printed.words
    groups = "Groupes de prestations"
    bonus = amount(printed.row(groups, "Prime d’activité")[3])
    assert bonus.quantize(Decimal("0.1")) == Decimal(STATED["activity_bonus_percent"])
    assert 45 < amount(printed.row(groups, "Aide au logement")[3]) < 50
    assert amount(printed.row(groups, "Handicap")[3]) > 20
    assert abs(points(printed.row(groups, "Aide au logement"))) < 1
    for name, way in (("Prime d’activité", 1), ("Handicap", 1), ("Revenu de solidarité active", -1)):
        assert points(printed.row(groups, name)) * way > 0


def test_who_asks_and_what_the_service_took_part_in(printed: Printed) -> None:
    for title, rows in STATED["social"].items():
        for name, (number, percent) in rows.items():
            cells = printed.row(title, name)
            assert cells[2] == number
            assert amount(cells[3]) == Decimal(percent)
    for name, number in STATED["events"].items():
        assert printed.row("Instances et événements de 2023", name) == [number]


def test_every_finding_has_its_proposal(folder: Path) -> None:
    with zipfile.ZipFile(folder / f"{INSIDE}-donnees.zip") as archived:
        assert "instances.csv" in archived.namelist()
    paris = by_code("75")
    assert paris is not None
    with rowsecurity.working_for(rowsecurity.staff(paris.pk)):
        report = last_frozen(paris, 2023)
        assert report is not None
        told = [
            block
            for block in every_block(frozen(report, Audience.PUBLIC) or {})
            if block["kind"] == "finding"
        ]
    assert len(told) == STATED["findings"]
    assert all(block["proposals"] for block in told)


def test_a_picture_is_there_with_its_words(folder: Path) -> None:
    for name in (INSIDE, PUBLIC):
        page = (folder / f"{name}.html").read_text()
        assert page.count('<img src="data:image/png;base64,') == 1
        assert 'alt="Dessin' in page


def test_money_to_the_cent(printed: Printed) -> None:
    for name, (before, after) in STATED["money_euros"].items():
        row = printed.row("Impact financier", name)
        assert [amount(cell) for cell in row[:2]] == [Decimal(before), Decimal(after)]
    title = next(line for line in printed.lines if line.startswith("Dont téléprocédure, de juillet"))
    for name, came in STATED["online_euros"].items():
        assert amount(printed.row(title, name)[0]) == Decimal(came)


@pytest.mark.parametrize(
    "told",
    [
        f"Le service compte {STATED['team']}.",
        "Tarn-et-Garonne (82)",
        "Le parcours de l’allocataire",
        "La prise en charge par la médiation",
        "Réunion des cadres de janvier",
        "Des retenues commencent avant tout échange",
        "RSA : 203 saisines traitées",
        "Recalcul trimestriel de l’aide au logement",
        "Décision de renouvellement de la MDPH manquante",
        "Indemnité de stage",
        "La médiatisation et les données sociales",
        "Une matinée d’échanges avec nos partenaires",
        "Un dossier est regardé pièce par pièce",
    ],
)
def test_each_chapter_of_the_source_is_there(printed: Printed, told: str) -> None:
    assert told in printed.words


def test_every_page_says_it_is_a_demonstration(printed: Printed) -> None:
    assert all("Données de démonstration" in page.replace("\u00a0", " ") for page in printed.pages)


def test_it_is_accessible_and_made_to_be_kept(folder: Path) -> None:
    for name in (INSIDE, PUBLIC):
        assert faults((folder / f"{name}.pdf").read_bytes()) == []


def test_built_twice_it_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = build(code="75", year=2023, to=tmp_path)
    assert len(again) == 6
    for made in again:
        assert made.read_bytes() == (folder / made.name).read_bytes(), made.name


def test_the_public_edition_has_the_figures_of_the_open_data_and_no_other(loaded) -> None:
    paris = by_code("75")
    assert paris is not None
    with transaction.atomic():
        publish()
        with rowsecurity.working_for(rowsecurity.staff(paris.pk)):
            contents = contents_of(unwritten(paris, 2023), Audience.PUBLIC, at=clock.now())
            published = publication(2023, paris.pk)
        transaction.set_rollback(True)
    assert published is not None
    assert contents["threshold"] == published.threshold
    found = {table["code"]: table for table in tables_in(contents)}
    for recipe in RECIPES:
        if recipe.code in found:
            told = [one for one in published.content["tables"][recipe.code].values() if one != 0]
            place = found[recipe.code]["head"].index("Nombre 2023")
            printed = [row[place] for row in found[recipe.code]["rows"]]
            assert sorted(printed) == sorted(shown(one) for one in told), recipe.code
    totals = published.content["totals"]
    assert [row[2] for row in found["saisines"]["rows"]] == [
        shown(totals[name]) for name in ("mediation", "out_of_scope", "handled")
    ]
    cents = published.content["cents"]
    assert [row[2] for row in found["impact"]["rows"]] == [euros(cents[kind]) for kind in BUCKETS]
    assert not {"benefit_groups", "raisons-prestations", "montants-teleprocedure"} & set(found)


def publish() -> None:
    """What the demonstration has not published yet."""
    nation = the_national_mediation()
    with rowsecurity.working_for(rowsecurity.national(nation.pk)):
        by = Membership.objects.select_related("user").filter(organisation=nation).order_by("pk")[0]
        for year in {2022, 2023} & set(years_to_publish(clock.now().year)):
            statistics.publish_year(year=year, by=by.as_actor(), at=clock.now())
