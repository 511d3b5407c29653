"""Two people of the service at the same moment."""

from collections.abc import Callable
from datetime import date, datetime
from threading import Barrier, Thread

from django.db import connections

from mediane.findings import actions
from mediane.findings.models import Finding, FollowUp, Proposal
from mediane.findings.states import Outcome
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.cast import Cast

TOLD = actions.Told(title="Attestations mal lues", words="Trop souvent.")


def together(by: Actor, *acts: Callable[[], object]) -> list[str]:
    """Each act in a thread of its own, at the same moment; the refusals met."""
    start, refused = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait(10)
        try:
            with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
                act()
        except Refusal as refusal:
            refused.append(refusal.sentence)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return refused


def test_two_findings_take_two_numbers(committed: str, cast: Cast, at: datetime) -> None:
    def opening() -> Finding:
        return actions.open_finding(told=TOLD, by=cast.claire, at=at)

    assert together(cast.claire, opening, opening) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert list(Finding.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_of_two_changes_one_is_read_again_first(committed: str, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.open_finding(told=TOLD, by=cast.claire, at=at)

    def changing() -> Finding:
        finding = Finding.objects.get()
        return actions.change_finding(finding=finding, told=TOLD, seen_version=1, by=cast.claire, at=at)

    (refused,) = together(cast.claire, changing, changing)
    assert "Une autre personne a modifié ce constat" in refused


def test_two_follow_ups_are_two_lines(committed: str, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        finding = actions.open_finding(told=TOLD, by=cast.claire, at=at)
        proposed = actions.Proposed(words="Relire", addressee="Prestations", due_on=date(2027, 1, 15))
        actions.propose(finding=finding, proposed=proposed, by=cast.claire, at=at)
    done = actions.Followed(outcome=Outcome.PARTLY, on=at.date(), words="Commencé", evidence="Note 12")

    def following() -> FollowUp:
        return actions.follow_up(proposal=Proposal.objects.get(), followed=done, by=cast.nadia, at=at)

    assert together(cast.claire, following, following) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert list(FollowUp.objects.order_by("rank").values_list("rank", flat=True)) == [1, 2]
