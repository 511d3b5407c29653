"""What figures say of a finding: each kind of figure in its own words."""

from datetime import date, datetime

import pytest

from mediane.findings import actions
from mediane.findings.models import Finding
from mediane.findings.queries.reading import figures_of
from mediane.kit import rowsecurity
from mediane.statistics.models import Tally
from mediane.web.measured import measure_of, measured, shown_figures
from tests.cast import Cast

COUNTS = {
    "all": {"": 10},
    "cause": {"DELAY": 1, "ASSESSMENT_ERROR": 4, "OTHER": 2, "LATE_RENEWAL": 2, "FILE_TRANSFER": 1},
    "cents": {"back_payment": 184260, "overpayment_detected": 9900, "debt_remitted": 5, "plan_eased": 100},
    "days_reply": {"12": 6, "40": 4},
    "repeat": {"yes": 2},
    "preceded": {"yes": 3},
    "group": {"logement": 3, "minimum": 1},
    "touched": {"back_payment": 2},
}


@pytest.fixture
def finding(cast: Cast, at: datetime) -> Finding:
    told = actions.Told(
        title="Attestations", words="Mal lues.", motive="cause", code="ASSESSMENT_ERROR", benefit="APL"
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Tally.objects.create(
            organisation=cast.paris, month=date(2025, 6, 1), population="mediation", counts=COUNTS
        )
        return actions.open_finding(told=told, by=cast.claire, at=at)


def said(finding: Finding, indicator: str, cast: Cast, at: datetime, year: int = 2025) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        cited = actions.Cited(indicator=indicator, since=date(year, 1, 1), until=date(year, 12, 1))
        actions.cite_figure(finding=finding, cited=cited, by=cast.claire, at=at)
        (shown,) = shown_figures(figures_of(finding))
        assert shown.narrowed == str(year)
        return shown.lines


def test_the_largest_values_with_their_share(finding: Finding, cast: Cast, at: datetime) -> None:
    lines = said(finding, "causes", cast, at)
    assert lines[0] == "Erreur de liquidation\u00a0: 4 (40\u00a0%)"
    assert len(lines) == 4


def test_every_amount_or_none(finding: Finding, cast: Cast, at: datetime) -> None:
    lines = said(finding, "money", cast, at)
    assert [line.partition("\u00a0:")[0] for line in lines] == [
        "Rappels de droits",
        "Trop-perçus détectés",
        "Dettes remises par la commission de recours amiable",
        "À côté, remboursements mensuels allégés",
    ]
    assert lines[0] == "Rappels de droits\u00a0: 1\u00a0842,60\u00a0€"


def test_days_by_their_median_and_ninth_decile(finding: Finding, cast: Cast, at: datetime) -> None:
    lines = said(finding, "delay_of_reply", cast, at)
    assert lines == [
        "La moitié des saisines\u00a0: 12\u00a0jours ou moins",
        "Neuf sur dix\u00a0: 40\u00a0jours ou moins",
    ]


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("handled", "Saisines traitées par la médiation\u00a0: 10 (100\u00a0%)"),
        ("repeats", "Réitérations\u00a0: 2 (20\u00a0%)"),
        ("preceded", "Précédées d’une réclamation\u00a0: 3 (30\u00a0%)"),
        ("benefit_groups", "Aide au logement\u00a0: 3 (30\u00a0%)"),
    ],
)
def test_no_code_is_read(finding: Finding, cast: Cast, at: datetime, indicator: str, words: str) -> None:
    assert said(finding, indicator, cast, at)[0] == words


@pytest.mark.parametrize("indicator", ["causes", "money", "delay_of_reply"])
def test_a_year_without_anybody_says_nothing(
    finding: Finding, cast: Cast, at: datetime, indicator: str
) -> None:
    assert said(finding, indicator, cast, at, year=2020) == []


def test_what_is_measured_is_named(finding: Finding, cast: Cast) -> None:
    assert measure_of(finding) == "Cause analysée\u00a0: Erreur de liquidation, APL"
    finding.motive = ""
    assert measure_of(finding) == ""
    assert measured(finding, [], date(2026, 11, 9)) == {}
