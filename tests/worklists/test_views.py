"""Lists kept under a name: once, at most twenty, and by two people at once."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from mediane.casework.queries.workplan import Filters, Sort, Tab
from mediane.journal.rules import Actor
from mediane.kit.once import AlreadySent
from mediane.worklists import actions
from mediane.worklists.actions import NotKept, Said
from mediane.worklists.models import Desk, SavedView
from mediane.worklists.queries.desks import counted, desk_of, read_asked, stored, view_numbered
from mediane.worklists.rules import MOST_VIEWS, USUAL
from tests.casework.actions.test_link_races import at_once
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import in_paris

LATE = stored(Tab.LATE, Sort.OLDEST, Filters(urgent=True))


def keep(by: Actor, at: datetime, name: str = "Urgences", **differs: object) -> SavedView:
    is_shared = bool(differs.pop("is_shared", False))
    return actions.keep(
        said=Said(name, is_shared=is_shared),
        asked=LATE,
        columns=USUAL,
        by=by,
        at=at,
        entry_key=differs.get("entry_key"),
    )


def test_what_is_kept_is_read_as_it_was(cast: Cast, at: datetime) -> None:
    filters = Filters(
        channels=("ONLINE",), assignees=(cast.nadia.id,), since=at.date(), urgent=True, grounds=("DELAY",)
    )
    asked = read_asked(stored(Tab.MINE, Sort.NEWEST, filters), [cast.nadia.id])
    assert (asked.tab, asked.sort) == (Tab.MINE, Sort.NEWEST)
    assert asked.filters.since == at.date()
    assert asked.filters.assignees == (cast.nadia.id,)


def test_what_no_longer_exists_is_said_and_left_out(cast: Cast) -> None:
    old = {"tab": "rien", "sort": "rien", "channels": ["FAX", "ONLINE"], "assignees": [987654]}
    asked = read_asked(old, [cast.nadia.id])
    assert asked.filters == Filters(channels=("ONLINE",))
    assert asked.tab == Tab.ALL
    assert "FAX" in asked.unknown[0]
    assert "une personne qui ne fait plus partie de l’équipe" in asked.unknown


def test_the_same_page_keeps_one(cast: Cast, at: datetime) -> None:
    key = uuid4()
    with in_paris(cast):
        first = keep(cast.claire, at, entry_key=key)
        assert keep(cast.claire, at, entry_key=key).pk == first.pk
        with pytest.raises(AlreadySent):
            keep(cast.claire, at, name="Autre", entry_key=key)


def test_a_name_serves_once_a_person(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        keep(cast.claire, at)
        with pytest.raises(NotKept, match="s’appelle déjà"):
            keep(cast.claire, at)
        keep(cast.nadia, at)


def test_one_s_own_is_nobody_else_s_and_a_shared_one_is_the_mediator_s_to_change(
    cast: Cast, at: datetime
) -> None:
    with in_paris(cast):
        own, shared = keep(cast.nadia, at), keep(cast.nadia, at, "Pour tous", is_shared=True)
        assert view_numbered(cast.paris.pk, own.number, cast.claire.id) is None
        with pytest.raises(PermissionDenied):
            actions.remove(view=own, by=cast.claire, at=at)
        with pytest.raises(PermissionDenied):
            actions.change(view=shared, said=Said("À moi"), seen_version=1, by=cast.amine, at=at)
        actions.change(
            view=shared, said=Said("Pour chacun", is_shared=True), seen_version=1, by=cast.claire, at=at
        )
        with pytest.raises(NotKept, match="Claire Vasseur vient de changer"):
            actions.replace(view=shared, asked=LATE, columns=(), seen_version=1, by=cast.nadia, at=at)
        names = [view.name for view in seen(cast, cast.amine, at)]
        assert names == ["Pour chacun"]


def test_removed_twice_it_is_removed_and_is_no_longer_begun_with(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        view = keep(cast.claire, at)
        actions.begin_with(view=view, by=cast.claire, at=at)
        stale = SavedView.objects.get(pk=view.pk)
        actions.remove(view=view, by=cast.claire, at=at)
        actions.remove(view=stale, by=cast.claire, at=at)
        with pytest.raises(NotKept, match="vient d’être supprimée"):
            actions.replace(view=stale, asked=LATE, columns=(), seen_version=1, by=cast.claire, at=at)
        own = desk_of(organisation_id=cast.paris.pk, user_id=cast.claire.id, at=at)
        assert own.view(own.begins_with) is None


def test_all_views_are_counted_in_one_statement(cast: Cast, at: datetime, django_assert_num_queries) -> None:
    a_case(cast.samira, at)
    a_studied_case(cast.lucette, cast.nadia, at)
    with in_paris(cast):
        asked = [
            read_asked(stored(tab, Sort.DUE, filters), [cast.nadia.id])
            for tab, filters in (
                (Tab.ALL, Filters()),
                (Tab.CLOSED, Filters()),
                (Tab.TO_QUALIFY, Filters(channels=("ONLINE",))),
                (Tab.ALL, Filters(assignees=(cast.nadia.id,), channels=("ONLINE", "MAIL"))),
                (Tab.ALL, Filters(until=at.date().replace(day=1))),
            )
        ]
        with django_assert_num_queries(1):
            numbers = counted(asked, organisation_id=cast.paris.pk, user_id=cast.nadia.id, today=at.date())
    assert numbers == [2, None, 1, 1, 0]


@pytest.mark.slow
def test_two_tabs_do_not_keep_one_view_too_many(committed: str, cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        for rank in range(MOST_VIEWS - 1):
            keep(cast.claire, at, f"Vue {rank}")
    refused = at_once(
        cast.paris.pk, [lambda: keep(cast.claire, at, "Celle-ci"), lambda: keep(cast.claire, at, "Celle-là")]
    )
    assert ["déjà 20" in str(one) for one in refused] == [True]
    with in_paris(cast):
        assert SavedView.objects.count() == MOST_VIEWS


@pytest.mark.slow
def test_a_double_click_keeps_one(committed: str, cast: Cast, at: datetime) -> None:
    key = uuid4()
    click = lambda: keep(cast.claire, at, entry_key=key)  # noqa: E731 — twice the same
    assert at_once(cast.paris.pk, [click, click]) == []
    with in_paris(cast):
        assert SavedView.objects.count() == 1


@pytest.mark.slow
def test_two_people_change_a_shared_view_at_once_and_one_is_told(
    committed: str, cast: Cast, at: datetime
) -> None:
    with in_paris(cast):
        view = keep(cast.nadia, at, "Pour tous", is_shared=True)

    def change(by: Actor, name: str) -> None:
        mine = SavedView.objects.get(pk=view.pk)
        actions.change(view=mine, said=Said(name, is_shared=True), seen_version=1, by=by, at=at)

    refused = at_once(cast.paris.pk, [lambda: change(cast.nadia, "Un"), lambda: change(cast.claire, "Deux")])
    assert ["vient de changer" in str(one) for one in refused] == [True]


@pytest.mark.slow
def test_two_views_given_one_name_at_once_only_one_takes_it(committed: str, cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        views = [keep(cast.nadia, at, name=name) for name in ("Lundi", "Mardi")]

    def call_urgent(view: SavedView) -> None:
        actions.change(view=view, said=Said("Urgents"), seen_version=1, by=cast.nadia, at=at)

    refused = at_once(cast.paris.pk, [lambda one=view: call_urgent(one) for view in views])
    assert len(refused) == 1
    with in_paris(cast):
        assert SavedView.objects.filter(name="Urgents").count() == 1


@pytest.mark.slow
def test_removed_while_it_is_replaced_it_is_removed_or_replaced_then_removed(
    committed: str, cast: Cast, at: datetime
) -> None:
    with in_paris(cast):
        view = keep(cast.nadia, at)

    def other() -> SavedView:
        return SavedView.objects.get(pk=view.pk)

    def replaced(mine: SavedView) -> None:
        actions.replace(view=mine, asked=LATE, columns=(), seen_version=1, by=cast.nadia, at=at)

    with in_paris(cast):
        first, second = other(), other()
    refused = at_once(
        cast.paris.pk,
        [
            lambda: actions.remove(view=first, by=cast.nadia, at=at),
            lambda: actions.replace(
                view=second, asked=LATE, columns=(), seen_version=1, by=cast.nadia, at=at
            ),
        ],
    )
    assert all("supprimée" in str(one) for one in refused)
    with in_paris(cast):
        assert not SavedView.objects.exists()


def test_the_first_choice_makes_the_desk(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        actions.choose_columns(columns=["age", "inconnue", "age", "state"], by=cast.nadia, at=at)
        actions.choose_shortcuts(is_on=True, by=cast.nadia, at=at)
        own = desk_of(organisation_id=cast.paris.pk, user_id=cast.nadia.id, at=at)
        assert (own.columns, own.has_shortcuts) == (("age", "state"), True)
        assert Desk.objects.count() == 1
        with pytest.raises(PermissionDenied):
            actions.choose_shortcuts(is_on=True, by=cast.agnes, at=at)


def seen(cast: Cast, who: Actor, at: datetime) -> list:
    return desk_of(organisation_id=cast.paris.pk, user_id=who.id, at=at).views
