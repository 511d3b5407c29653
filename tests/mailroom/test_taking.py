"""A mail is kept once, where it belongs, whatever it is made of."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from mediane.casework.models import Case, Message, Step
from mediane.casework.states import Act
from mediane.documents.models import Document
from mediane.documents.models import State as FileState
from mediane.kit import clock, rowsecurity
from mediane.kit.blobs import Blobs, NoSpace
from mediane.mailroom.actions import Taken
from mediane.mailroom.models import Mail, MailFile
from mediane.mailroom.queries import Tab, original_of, originals, tray, words_of
from mediane.mailroom.rules.arrival import LARGEST, Place
from mediane.mailroom.states import Nature, Remark, State
from mediane.notifications import actions as notifications
from mediane.notifications.models import Delivery
from mediane.notifications.queries import sent_among
from tests.cast import Cast
from tests.documents.test_quarantine import a_pdf
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.stories import a_studied_case

pytestmark = pytest.mark.usefixtures("opened")


def the_notice(case: Case, cast: Cast, at: datetime) -> Delivery:
    """What left for Samira, who knows its secret."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        notifications.announce(case=Case.objects.get(pk=case.pk), at=at)
        return Delivery.objects.exclude(message_id="").latest("pk")


def messages_of(case: Case, cast: Cast) -> list[Message]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(Message.objects.filter(case_id=case.pk))


def test_a_mail_waits_in_the_tray_sealed(cast: Cast, at: datetime, settings: LazySettings) -> None:
    assert taken(a_mail("Je n’ai plus rien."), by_caf=cast.paris, at=at) is Taken.NEW
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (row,) = tray(cast.paris.pk, Tab.WAITING)
        assert (row.words.who, row.words.subject, row.words.text) == (
            "Samira Belkacem",
            "Ma demande",
            "Je n’ai plus rien.",
        )
        assert b"Je n" in original_of(row.mail)
    on_disk = b"".join(path.read_bytes() for path in (settings.DATA / "mail").rglob(row.mail.blob))
    for kept in (on_disk, bytes(row.mail.sealed)):
        assert kept
        assert b"Belkacem" not in kept


def test_an_answer_to_what_we_sent_joins_its_case_by_itself(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    notice = the_notice(case, cast, at)
    answer = a_mail("Voici mon avis.", In_Reply_To=notice.message_id)
    answer.add_attachment(a_pdf("avis"), maintype="application", subtype="pdf", filename="avis.pdf")
    taken(answer, by_caf=cast.paris, at=at, sent=sent_among)
    (message,) = messages_of(case, cast)
    assert (message.author, message.is_from_person) == ("Samira Belkacem, par courriel", True)
    assert "Voici mon avis." in message.body
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert the_mail(cast.paris).state == State.ATTACHED
        (joined,) = message.joined.select_related("document")
        assert joined.document.key_id == case.key_id
        # The copy of the tray is gone: one file, one key.
        assert Document.objects.filter(shown_name="avis.pdf").count() == 1
        assert Case.objects.get(pk=case.pk).has_news
        assert Step.objects.filter(case=case, act=Act.RECEIVE_EMAIL, by_kind="system").count() == 1
        # Nobody is written to because somebody wrote.
        assert notifications.announce(case=Case.objects.get(pk=case.pk), at=at) == "none"
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert Message.objects.filter(case=case).count() == 1


def test_the_secret_of_a_reply_address_joins_too(cast: Cast, at: datetime, settings: LazySettings) -> None:
    settings.MAILBOXES = {"75": {"address": "mediation@caf75.exemple"}}
    case = a_studied_case(cast.samira, cast.claire, at)
    secret = the_notice(case, cast, at).message_id.strip("<>").partition("@")[0]
    taken(a_mail(To=f"mediation+{secret}@caf75.exemple"), by_caf=cast.paris, at=at, sent=sent_among)
    assert len(messages_of(case, cast)) == 1


@pytest.mark.parametrize("of_caf", ["paris", "tarn"])
def test_what_a_stranger_can_guess_joins_nothing(cast: Cast, at: datetime, of_caf: str) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    caf = getattr(cast, of_caf)
    guessed = a_mail(Subject=f"Dossier {case.reference}", In_Reply_To="<deviné@caf.exemple>")
    taken(guessed, by_caf=caf, at=at, sent=sent_among)
    mail = the_mail(caf)
    assert mail.state == State.WAITING
    # Proposed where the case is; of another Caf, only said to be unknown.
    assert mail.case_id == (case.pk if of_caf == "paris" else None)
    assert mail.remarks == ([] if of_caf == "paris" else [Remark.UNKNOWN_REFERENCE])
    assert messages_of(case, cast) == []


@pytest.mark.parametrize(
    ("headers", "nature"),
    [
        ({"Auto_Submitted": "auto-replied"}, Nature.AUTOMATIC),
        ({"Return_Path": "<>"}, Nature.BOUNCE),
        ({"X_Loop": "mediane"}, Nature.LOOP),
        ({"X_Spam_Flag": "YES"}, Nature.SPAM),
    ],
)
def test_a_machine_that_knows_the_secret_only_proposes(
    cast: Cast, at: datetime, headers: dict[str, str], nature: Nature
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    notice = the_notice(case, cast, at)
    taken(a_mail(In_Reply_To=notice.message_id, **headers), by_caf=cast.paris, at=at, sent=sent_among)
    mail = the_mail(cast.paris)
    assert (mail.nature, mail.state, mail.case_id) == (nature, State.WAITING, case.pk)


def test_our_own_letter_that_comes_back_is_a_loop(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    notice = the_notice(case, cast, at)
    taken(a_mail(Message_ID=notice.message_id), by_caf=cast.paris, at=at, sent=sent_among)
    assert the_mail(cast.paris).nature == Nature.LOOP


def test_a_forged_sender_with_the_secret_waits_with_the_reason(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    notice = the_notice(case, cast, at)
    forged = a_mail(In_Reply_To=notice.message_id, Authentication_Results="mx.caf; dmarc=fail")
    taken(forged, by_caf=cast.paris, at=at, sent=sent_among)
    mail = the_mail(cast.paris)
    assert (mail.state, mail.remarks, mail.case_id) == (State.WAITING, [Remark.FORGED], case.pk)


def test_the_same_place_or_the_same_letter_is_taken_once(cast: Cast, at: datetime) -> None:
    letter = a_mail()
    assert taken(letter, by_caf=cast.paris, at=at, uid=4) is Taken.NEW
    assert taken(letter, by_caf=cast.paris, at=at, uid=4) is Taken.KNOWN
    renumbered = Place("mediation@imap.exemple/INBOX", 8, 1)
    assert taken(letter, by_caf=cast.paris, at=at, place=renumbered) is Taken.KNOWN
    # The number of another letter: kept on the server, for nobody may lose it.
    assert taken(a_mail("Autre"), by_caf=cast.paris, at=at, uid=4) is Taken.NUMBER_REUSED
    # Another Caf may receive a copy.
    assert taken(letter, by_caf=cast.tarn, at=at) is Taken.NEW


def test_two_hundred_files_leave_the_first_twenty_and_a_remark(cast: Cast, at: datetime) -> None:
    letter = a_mail()
    for number in range(200):
        letter.add_attachment(b"MZ", maintype="application", subtype="x-dos", filename=f"{number}.exe")
    taken(letter, by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    assert mail.remarks == [Remark.TOO_MANY_FILES, Remark.FILES_REFUSED]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert MailFile.objects.filter(mail=mail).count() == 20
        assert Document.objects.count() == 0
        assert "n’a pas été ajouté" in MailFile.objects.first().refusal


def test_a_file_waits_in_quarantine_like_any_other(cast: Cast, at: datetime, settings: LazySettings) -> None:
    settings.SCANNER = "tests.documents.test_quarantine.LooksForAWord"
    letter = a_mail()
    letter.add_attachment(a_pdf("avis"), maintype="application", subtype="pdf", filename="avis.pdf")
    taken(letter, by_caf=cast.paris, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Document.objects.get().state == FileState.QUARANTINED
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'scan'")
            assert cursor.fetchone() == (1,)


def test_a_mail_too_large_is_told_and_a_broken_one_is_read(cast: Cast, at: datetime) -> None:
    taken(b"From: a@b.fr\r\nSubject: Gros\r\n\r\n", by_caf=cast.paris, at=at, size=LARGEST + 1)
    assert the_mail(cast.paris).remarks == [Remark.TOO_LARGE]
    taken(b"\xff\xfe\x00nothing like a mail", by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    assert mail.remarks == [Remark.BROKEN]
    assert words_of(mail).who == "Expéditeur inconnu"


def test_a_full_disk_keeps_nothing_and_says_so(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Blobs, data: bytes) -> str:
        raise NoSpace

    monkeypatch.setattr(Blobs, "write", full)
    with pytest.raises(NoSpace):
        taken(a_mail(), by_caf=cast.paris, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Mail.objects.count() == 0


def test_what_was_received_is_never_rewritten(cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        for forged in ("UPDATE mailroom_mail SET sealed = 'x'", "DELETE FROM mailroom_mail"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(forged)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Mail.objects.count() == 0


def test_strays_of_a_round_that_died_are_found_by_their_age(cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at)
    left = originals().write(b"from a transaction that never committed")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        kept = set(Mail.objects.values_list("blob", flat=True))
    assert {left} <= originals().written_before(clock.now() + timedelta(days=1)) - kept
