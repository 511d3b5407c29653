"""Which findings a report tells is chosen, report by report."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from mediane.findings import actions as findings
from mediane.kit import rowsecurity
from mediane.reports import actions
from mediane.reports.models import AnnualReport
from mediane.reports.queries.drafts import contents_of
from mediane.reports.queries.findings import findings_until
from mediane.reports.rules.composing import canonical
from mediane.reports.states import Audience, Progress
from tests.cast import Cast

NEXT_YEAR = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
TITLES = ("Des retenues sans échange", "Un service nommé", "Des courriers obscurs")


@pytest.fixture(autouse=True)
def in_paris(cast: Cast) -> Iterator[None]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def report(cast: Cast, at: datetime) -> AnnualReport:
    for title in TITLES[:2]:
        findings.open_finding(told=findings.Told(title=title, words="Des mots"), by=cast.claire, at=at)
    return actions.open_report(organisation=cast.paris, year=2026, by=cast.claire, at=NEXT_YEAR)


def told_by(report: AnnualReport) -> set[str]:
    contents = canonical(contents_of(report, Audience.PUBLIC, at=NEXT_YEAR))
    return {title for title in TITLES if title in contents}


def choose(report: AnnualReport, cast: Cast, numbers: tuple[int, ...]) -> None:
    written = actions.Written(title="", text="", is_drafted=True, progress=Progress.BEGUN, findings=numbers)
    seen = report.chapters.get(code="findings").revision
    actions.edit_chapter(
        report=report, code="findings", written=written, seen_revision=seen, by=cast.claire, at=NEXT_YEAR
    )


def test_a_report_opens_with_those_of_its_year(report: AnnualReport) -> None:
    assert told_by(report) == set(TITLES[:2])


def test_one_left_out_is_in_no_edition_nor_in_the_next_version(cast: Cast, report: AnnualReport) -> None:
    first = findings_until(report)[0]
    choose(report, cast, (first.number,))
    assert told_by(report) == {TITLES[0]}
    frozen = actions.freeze(report=report, by=cast.claire, at=NEXT_YEAR)
    made = actions.correct(report=frozen, because="Un nom", by=cast.claire, at=NEXT_YEAR)
    assert told_by(made) == {TITLES[0]}


def test_one_written_since_is_told_once_it_is_chosen(cast: Cast, report: AnnualReport) -> None:
    findings.open_finding(told=findings.Told(title=TITLES[2], words="Des mots"), by=cast.claire, at=NEXT_YEAR)
    assert told_by(report) == set(TITLES[:2])
    choose(report, cast, tuple(one.number for one in findings_until(report)))
    assert told_by(report) == set(TITLES)


def test_all_may_be_left_out(cast: Cast, report: AnnualReport) -> None:
    choose(report, cast, ())
    assert told_by(report) == set()
