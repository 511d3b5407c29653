"""A year of cases as a file, from the asking to the day it is removed."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from mediane.exports import actions, queries
from mediane.exports.actions import NotExported
from mediane.exports.models import Export, Piece
from mediane.exports.rules import HEADS
from mediane.exports.states import Format, State
from mediane.jobs.exports import forget_stray_exports, look_after_exports, make_export
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.actions import add_member
from mediane.organisations.models import Membership, Role
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.SCRATCH = tmp_path / "scratch"
    settings.SCRATCH.mkdir()
    return tmp_path


def asked(by: Actor, at: datetime, made_as: Format = Format.CSV) -> Export:
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return actions.ask(year=2026, made_as=made_as, because="Bilan du service", by=by, at=at)


def approved(export: Export, by: Actor, at: datetime, words: str = "") -> Export:
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        actions.approve(export=export, words=words, by=by, at=at)
    return export


def made(export: Export) -> Export:
    make_export(organisation_id=export.organisation_id, export_id=export.pk)
    return read(export)


def read(export: Export) -> Export:
    with rowsecurity.working_for(rowsecurity.staff(export.organisation_id)):
        return Export.objects.get(pk=export.pk)


def taken(export: Export, by: Actor, at: datetime) -> bytes:
    with rowsecurity.working_for(rowsecurity.staff(by.organisation_id)):
        return b"".join(actions.take_away(export=export, by=by, at=at))


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_an_officer_asks_the_mediator_approves_the_file_bears_both_names(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.awa, at)
    export = made(approved(asked(cast.nadia, at), cast.claire, at))
    assert (export.state, export.done, export.lines) == (State.READY, 1, 1)
    heads, line = rows_of(taken(export, cast.nadia, clock.now()))
    assert tuple(heads) == HEADS
    told = dict(zip(heads, line, strict=True))
    assert (told["Référence"], told["Reçue le"], told["État"]) == (case.reference, "09/11/2026", "À l’étude")
    assert told["Export"] == (
        f"{export.number}, demandé par Nadia Pruvost, approuvé par Claire Vasseur, le 09/11/2026"
    )
    assert "Belkacem" not in "".join(line)


def test_a_workbook_holds_days_as_days_and_says_what_it_is(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    export = made(approved(asked(cast.nadia, at, Format.XLSX), cast.claire, at))
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(export, cast.claire, clock.now())))
    about = dict(book.get_sheet_by_name("À propos").to_python())
    assert about["Export"] == export.number
    assert about["Demandé par"] == "Nadia Pruvost"
    heads, line = book.get_sheet_by_name("Données").to_python()
    assert dict(zip(heads, line, strict=True))["Reçue le"] == at.date()
    assert not list((queries.settings.SCRATCH).iterdir())


def test_nobody_approves_their_own_but_a_mediator_alone_who_says_why(cast: Cast, at: datetime) -> None:
    export = asked(cast.remi, at)
    with pytest.raises(NotExported, match="dites pourquoi"):
        approved(export, cast.remi, at)
    approved(export, cast.remi, at, "Bilan demandé par la direction")
    assert read(export).words == "Bilan demandé par la direction"


def test_with_another_mediator_in_the_caf_one_waits_for_the_other(cast: Cast, at: datetime) -> None:
    add_member(
        organisation=cast.paris,
        email="lea@caf.exemple",
        full_name="Léa Roussel",
        role=Role.MEDIATOR,
        title="",
        at=at,
    )
    with rowsecurity.working_for(rowsecurity.signin()):
        lea = Membership.objects.select_related("user").get(user__email="lea@caf.exemple").as_actor()
    export = asked(cast.claire, at)
    with pytest.raises(NotExported, match="un autre médiateur"):
        approved(export, cast.claire, at, "Pressée")
    approved(export, lea, at)
    with pytest.raises(NotExported, match="Léa Roussel a déjà approuvé"):
        approved(export, lea, at)


def test_an_officer_does_not_decide_and_another_does_not_take_away(cast: Cast, at: datetime) -> None:
    export = asked(cast.nadia, at)
    with pytest.raises(PermissionDenied):
        approved(export, cast.nadia, at)
    made(approved(export, cast.claire, at))
    with pytest.raises(PermissionDenied):
        taken(export, cast.amine, clock.now())
    with pytest.raises(PermissionDenied):
        taken(export, cast.remi, clock.now())


def test_a_refusal_says_why_and_lets_one_ask_again(cast: Cast, at: datetime) -> None:
    export = asked(cast.nadia, at)
    with pytest.raises(NotExported, match="déjà demandé"):
        asked(cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(NotExported, match="Dites pourquoi"):
            actions.refuse(export=export, words="", by=cast.claire, at=at)
        actions.refuse(export=export, words="Le bilan suffit", by=cast.claire, at=at)
    assert read(export).state == State.REFUSED
    assert asked(cast.nadia, at).pk != export.pk


@pytest.mark.parametrize("year", [1999, 2027])
def test_a_year_that_is_not_is_refused_in_words(cast: Cast, at: datetime, year: int) -> None:
    with (
        rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)),
        pytest.raises(NotExported, match="Choisissez"),
    ):
        actions.ask(year=year, made_as=Format.CSV, because="Bilan", by=cast.nadia, at=at)


def test_a_year_without_a_case_is_a_file_of_heads(cast: Cast, at: datetime) -> None:
    export = made(approved(asked(cast.nadia, at), cast.claire, at))
    assert len(rows_of(taken(export, cast.nadia, clock.now()))) == 1


def test_after_a_day_the_file_its_key_and_its_bytes_are_gone(
    cast: Cast, at: datetime, folder: Path, django_capture_on_commit_callbacks
) -> None:
    a_case(cast.samira, at)
    with django_capture_on_commit_callbacks(execute=True):
        export = made(approved(asked(cast.nadia, at), cast.claire, at))
    late = export.ready_at + timedelta(hours=25)
    with pytest.raises(NotExported, match="24"):
        taken(export, cast.nadia, late)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert [one.pk for one in queries.expired(cast.paris.pk, late)] == [export.pk]
        with django_capture_on_commit_callbacks(execute=True):
            actions.expire(export=export)
        assert not Piece.objects.exists()
    gone = read(export)
    assert (gone.state, gone.wrapped) == (State.EXPIRED, None)
    assert not [path for path in (folder / "exports").rglob("*") if path.is_file()]


def test_the_sweep_removes_what_is_old_and_gives_back_what_stopped(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = made(approved(asked(cast.nadia, at), cast.claire, at))
    stopped = approved(asked(cast.amine, at), cast.claire, at)
    late = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: late)
    # Its job waits already: another would be one too many.
    look_after_exports(0)
    look_after_exports(0)
    assert read(ready).state == State.EXPIRED
    assert made(stopped).state == State.READY


def test_what_lies_on_the_disk_says_nothing(cast: Cast, at: datetime, folder: Path) -> None:
    case = a_case(cast.samira, at)
    made(approved(asked(cast.nadia, at), cast.claire, at))
    kept = [path.read_bytes() for path in (folder / "exports").rglob("*") if path.is_file()]
    assert kept
    assert not any(case.reference.encode() in data or b"APL" in data for data in kept)


def test_stray_pieces_are_forgotten_after_a_day(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(approved(asked(cast.nadia, at), cast.claire, at))
    stray = queries.blobs().write(b"stray")
    tomorrow = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    forget_stray_exports(0)
    assert stray not in queries.blobs().written_before(tomorrow)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert queries.named_by_rows(cast.paris.pk) <= queries.blobs().written_before(tomorrow)


def test_the_journal_tells_who_asked_approved_and_took(cast: Cast, at: datetime) -> None:
    export = made(approved(asked(cast.nadia, at), cast.claire, at))
    taken(export, cast.nadia, clock.now())
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        told = Entry.objects.filter(subject_kind="export", subject=export.number).order_by("pk")
        assert list(told.values_list("verb", "actor_name")) == [
            ("ask_export", "Nadia Pruvost"),
            ("approve_export", "Claire Vasseur"),
            ("take_export", "Nadia Pruvost"),
        ]


def test_lines_already_sealed_are_not_read_again(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LINES_A_PIECE", 1)
    references = {a_case(one, at).reference for one in (cast.samira, cast.lucette)}
    export = approved(asked(cast.nadia, at), cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert actions.go_on(export=export, at=at)
        first = queries.named_by_rows(cast.paris.pk)
    # The worker dies here; another begins again from what it finds.
    monkeypatch.setattr(actions, "finish", lambda **_: None)
    made(export)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert first < queries.named_by_rows(cast.paris.pk)
    monkeypatch.undo()
    lines = rows_of(taken(made(export), cast.nadia, clock.now()))
    assert len(lines) == 3
    assert {line[0] for line in lines[1:]} == references
