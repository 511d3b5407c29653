"""Rules are drafted, tried, published once, and never changed after."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.eligibility import actions
from mediane.eligibility.actions import Choices, PolicyRefused, keep
from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.queries import drafts, policy_on, published
from mediane.eligibility.rules import Answers, Obstacle, Question, Subject
from mediane.journal.queries import entries_about
from mediane.kit import rowsecurity
from tests.cast import Cast

STRICT = Choices(
    waiting_months=3,
    early_filing_allowed=False,
    cra_pending_blocks=True,
    skipped=(Question.ALREADY_ASKED,),
    source="Décision du 2 novembre 2026",
)
BEGINS = date(2026, 12, 1)
PENDING = Answers(
    about_caf=True,
    subject=Subject.INDIVIDUAL_BENEFIT,
    has_complained=True,
    complained_on=date(2026, 6, 1),
    was_answered=False,
    cra_pending=True,
    before_a_court=False,
    already_asked=False,
    is_urgent=False,
)


@pytest.fixture
def national(cast: Cast):
    with rowsecurity.working_for(cast.cnaf.context()):
        yield cast.helene


def drafted(by, at: datetime, choices: Choices = STRICT) -> EligibilityPolicy:
    return actions.draft_policy(choices=choices, by=by, at=at)


def publish(draft: EligibilityPolicy, by, at: datetime, begins: date = BEGINS, seen: int = 1) -> None:
    actions.publish_policy(draft=draft, effective_from=begins, seen_revision=seen, by=by, at=at)


def test_a_draft_changes_nothing_for_anybody(cast, at, national) -> None:
    drafted(national, at)
    assert [row.version for row in published()] == [1]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert list(drafts()) == []


def test_a_published_policy_is_seen_at_once_and_applies_from_its_day(cast, at, national) -> None:
    assert policy_on(BEGINS)[0].version == 1
    publish(drafted(national, at), national, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        before, after = policy_on(BEGINS - timedelta(days=1)), policy_on(BEGINS)
    assert (before[0].version, after[0].version) == (1, 2)
    assert after[1].skipped == {Question.ALREADY_ASKED}
    assert entries_about("policy", "version 2").get().verb == "publish_policy"


def test_a_test_keeps_the_version_it_was_asked_under(cast, at, national) -> None:
    publish(drafted(national, at), national, at)
    later = at + timedelta(days=30)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        kept = [
            keep(
                answers=PENDING,
                of=cast.samira,
                told="",
                by=cast.samira.as_actor(),
                at=moment,
                run_began_at=moment,
            )
            for moment in (at, later)
        ]
    assert [(check.policy.version, check.obstacles) for check in kept] == [
        (1, []),
        (2, [Obstacle.CRA_PENDING]),
    ]


@pytest.mark.parametrize("column", ["waiting_months = 1", "effective_from = '2030-01-01'", "version = NULL"])
def test_nothing_published_is_ever_edited_even_in_sql(national, column: str) -> None:
    for order in (
        f"UPDATE eligibility_eligibilitypolicy SET {column}",
        "DELETE FROM eligibility_eligibilitypolicy",
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(order)


def test_only_the_national_mediation_writes_rules(cast, at) -> None:
    for actor in (cast.claire, cast.nadia, cast.samira.as_actor()):
        with pytest.raises(PermissionDenied):
            drafted(actor, at)
    for context in (rowsecurity.staff(cast.paris.pk), rowsecurity.person(cast.samira.pk)):
        with pytest.raises(DatabaseError, match="row-level security"), rowsecurity.working_for(context):
            EligibilityPolicy.objects.create(
                waiting_months=1, early_filing_allowed=True, cra_pending_blocks=False, source="x"
            )


@pytest.mark.parametrize("begins", [date(2026, 11, 9), date(2026, 11, 8), date(2020, 1, 1)])
def test_rules_begin_on_a_day_to_come(at, national, begins: date) -> None:
    with pytest.raises(PolicyRefused, match="un jour à venir"):
        publish(drafted(national, at), national, at, begins)


def test_tomorrow_in_paris_may_have_begun_on_reunion(at, national) -> None:
    evening = datetime(2026, 11, 9, 22, 30, tzinfo=at.tzinfo)
    with pytest.raises(PolicyRefused, match="un jour à venir"):
        publish(drafted(national, evening), national, evening, date(2026, 11, 10))


def test_a_version_replaces_the_one_before_it_never_a_later_one(at, national) -> None:
    publish(drafted(national, at), national, at)
    with pytest.raises(PolicyRefused, match="La version 2 prend effet le 1er"):
        publish(drafted(national, at), national, at, BEGINS - timedelta(days=1))
    publish(drafted(national, at, replace(STRICT, waiting_months=4)), national, at, BEGINS)
    assert policy_on(BEGINS)[0].version == 3


def test_a_question_not_put_stops_nobody(at, national) -> None:
    with pytest.raises(PolicyRefused, match="si la question est posée"):
        drafted(national, at, replace(STRICT, skipped=(Question.CRA,)))


def test_what_is_published_is_what_was_on_the_screen(at, national) -> None:
    draft = drafted(national, at)
    actions.change_policy(
        draft=draft, choices=replace(STRICT, waiting_months=6), seen_revision=1, by=national, at=at
    )
    with pytest.raises(PolicyRefused, match="Hélène Marchetti a changé ce projet le 9"):
        publish(draft, national, at, seen=1)
    publish(draft, national, at, seen=2)
    with pytest.raises(PolicyRefused, match="déjà publié"):
        publish(draft, national, at, seen=2)
    with pytest.raises(PolicyRefused, match="déjà publié"):
        actions.change_policy(draft=draft, choices=STRICT, seen_revision=2, by=national, at=at)


def test_a_draft_thrown_away_is_thrown_away_once(at, national) -> None:
    draft = drafted(national, at)
    for _ in range(2):
        actions.discard_policy(draft=EligibilityPolicy(pk=draft.pk), by=national, at=at)
    assert [entry.verb for entry in entries_about("policy", f"projet {draft.pk}")] == [
        "discard_policy",
        "draft_policy",
    ]
    with pytest.raises(PolicyRefused, match="abandonné"):
        publish(draft, national, at)


def test_two_publications_at_once_get_two_versions(committed: str, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(cast.cnaf.context()):
        made = [drafted(cast.helene, at), drafted(cast.helene, at)]

    def press(draft: EligibilityPolicy) -> None:
        with rowsecurity.working_for(cast.cnaf.context()):
            publish(draft, cast.helene, at)
        connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(press, made))
    assert [row.version for row in published()] == [1, 2, 3]


def test_one_draft_published_twice_at_once_is_one_version(committed: str, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(cast.cnaf.context()):
        draft = drafted(cast.helene, at)

    def press(_: int) -> str:
        try:
            with rowsecurity.working_for(cast.cnaf.context()):
                publish(EligibilityPolicy.objects.get(pk=draft.pk), cast.helene, at)
        except PolicyRefused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return "publié"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(press, range(2)))
    assert said == ["Ce projet est déjà publié\u00a0: c’est la version 2.", "publié"]
    assert [row.version for row in published()] == [1, 2]
