"""A finding, from what shows it to what became of what was proposed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from mediane.casework import actions as casework
from mediane.findings import actions
from mediane.findings.actions import Cited, Followed, Proposed, Told
from mediane.findings.models import CitedFigure, Evidence, Finding, FollowUp, Proposal
from mediane.findings.queries.reading import (
    evidence_of,
    findings_of,
    proposals_of,
    recommendations_to_join,
)
from mediane.findings.states import Motive, Outcome, Standing
from mediane.journal.queries import entries_about
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

TOLD = Told(
    title="Attestations de loyer mal lues",
    words="Plusieurs droits ont été arrêtés alors que l’attestation était au dossier.",
    motive=Motive.CAUSE,
    code="ASSESSMENT_ERROR",
    benefit="APL",
)
PROPOSED = Proposed(words="Relire avant d’arrêter", addressee="Prestations", due_on=date(2027, 1, 15))
DONE = Followed(
    outcome=Outcome.IMPLEMENTED, on=date(2026, 11, 20), words="Consigne donnée", evidence="Note de service 12"
)
CITED = Cited(indicator="causes", since=date(2026, 1, 1), until=date(2026, 10, 1), benefit="APL")


@pytest.fixture
def finding(cast: Cast, at: datetime) -> Finding:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.open_finding(told=TOLD, by=cast.claire, at=at)


def test_findings_are_numbered_by_caf(cast: Cast, at: datetime, finding: Finding) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert actions.open_finding(told=TOLD, by=cast.claire, at=at).number == finding.number + 1 == 2
        assert entries_about("finding", "2").first().verb == "open_finding"
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert actions.open_finding(told=TOLD, by=cast.remi, at=at).number == 1
        assert [one.finding.organisation_id for one in findings_of(cast.tarn.pk)] == [cast.tarn.pk]


def test_finding_and_proposing_is_the_mediator_s(cast: Cast, at: datetime, finding: Finding) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for other in (cast.nadia, cast.agnes, cast.helene):
            with pytest.raises(PermissionDenied):
                actions.open_finding(told=TOLD, by=other, at=at)
        for other in (cast.nadia, cast.remi):
            with pytest.raises(PermissionDenied):
                actions.propose(finding=finding, proposed=PROPOSED, by=other, at=at)


def test_the_second_to_change_it_reads_it_again_first(cast: Cast, at: datetime, finding: Finding) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        better = replace(TOLD, title="Attestations de loyer écartées", motive="", code="", benefit="")
        actions.change_finding(finding=finding, told=better, seen_version=1, by=cast.claire, at=at)
        with pytest.raises(actions.FindingChanged, match="Relisez"):
            actions.change_finding(finding=finding, told=TOLD, seen_version=1, by=cast.claire, at=at)
        finding.refresh_from_db()
        assert (finding.title, finding.version) == ("Attestations de loyer écartées", 2)


def test_several_recommendations_make_one_finding(cast: Cast, at: datetime, finding: Finding) -> None:
    cases = [a_studied_case(who, cast.nadia, at) for who in (cast.samira, cast.lucette)]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        advice = casework.Advice(service="BENEFITS", words="Relire l’attestation.")
        made = [casework.recommend(case=case, advice=advice, by=cast.claire, at=at) for case in cases]
        assert list(recommendations_to_join(finding)) == made[::-1]
        for _ in range(2):
            actions.join_recommendations(finding=finding, recommendations=made, by=cast.nadia, at=at)
            actions.join_case(finding=finding, case=cases[0], by=cast.nadia, at=at)
        assert len(evidence_of(finding)) == 3
        assert not recommendations_to_join(finding)


def test_a_few_figures_show_it(cast: Cast, at: datetime, finding: Finding) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for year in (2023, 2024, 2025, 2026, 2026):
            cited = replace(CITED, since=date(year, 1, 1))
            actions.cite_figure(finding=finding, cited=cited, by=cast.nadia, at=at)
        with pytest.raises(actions.TooManyFigures):
            actions.cite_figure(finding=finding, cited=replace(CITED, benefit=""), by=cast.nadia, at=at)


def test_what_became_of_a_proposal_is_told_line_by_line(cast: Cast, at: datetime, finding: Finding) -> None:
    later = at + timedelta(days=30)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(actions.DueTooEarly):
            actions.propose(
                finding=finding, proposed=replace(PROPOSED, due_on=at.date()), by=cast.claire, at=at
            )
        proposal = actions.propose(finding=finding, proposed=PROPOSED, by=cast.claire, at=at)
        assert [one.standing for one in findings_of(cast.paris.pk)] == [Standing.AWAITED]
        partly = replace(DONE, outcome=Outcome.PARTLY, on=date(2026, 11, 12))
        for followed in (partly, DONE):
            actions.follow_up(proposal=proposal, followed=followed, by=cast.nadia, at=later)
        for day in (date(2026, 11, 12), date(2026, 12, 10)):
            with pytest.raises(
                actions.FollowedOutOfTurn, match="entre le 20\u00a0novembre\u00a02026 et aujourd’hui"
            ):
                actions.follow_up(proposal=proposal, followed=replace(DONE, on=day), by=cast.nadia, at=later)
        (shown,) = proposals_of(finding)
        assert [line.outcome for line in shown.lines] == [Outcome.PARTLY, Outcome.IMPLEMENTED]
        assert shown.implemented_on == date(2026, 11, 20)
        assert [one.standing for one in findings_of(cast.paris.pk)] == [Standing.IMPLEMENTED]


def test_the_database_keeps_lines_and_shows_the_head_no_case(
    cast: Cast, at: datetime, finding: Finding
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        proposal = actions.propose(finding=finding, proposed=PROPOSED, by=cast.claire, at=at)
        actions.follow_up(proposal=proposal, followed=DONE, by=cast.nadia, at=at + timedelta(days=30))
        actions.join_case(finding=finding, case=case, by=cast.nadia, at=at)
        actions.cite_figure(finding=finding, cited=CITED, by=cast.nadia, at=at)
        for model, change in (
            (FollowUp, {"words": "x"}),
            (Proposal, {"words": "x"}),
            (Evidence, {"case": 1}),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                model.objects.update(**change)
    read = (Finding, Proposal, FollowUp, CitedFigure, Evidence)
    for context, seen in (
        (rowsecurity.head(cast.paris.pk), [1, 1, 1, 1, 0]),
        (rowsecurity.head(cast.tarn.pk), [0] * 5),
        (rowsecurity.national(cast.cnaf.pk), [0] * 5),
        (rowsecurity.person(cast.samira.pk), [0] * 5),
    ):
        with rowsecurity.working_for(context):
            assert [model.objects.count() for model in read] == seen
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            FollowUp.objects.create(
                organisation=cast.paris, proposal=proposal, rank=2, **vars(DONE), noted_at=at, noted_by="x"
            )
