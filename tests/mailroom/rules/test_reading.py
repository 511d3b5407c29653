"""Whatever comes, something is read of it."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.mailroom.rules.arrival import fingerprint
from mediane.mailroom.rules.html_text import text_of
from mediane.mailroom.rules.nature import is_forged, may_be_answered, nature_of
from mediane.mailroom.rules.reading import read
from mediane.mailroom.rules.threads import answered, cited, tokens
from mediane.mailroom.states import Nature
from tests.mailroom.letters import a_mail

OURS = frozenset({"mediation@caf75.exemple", "ne-pas-repondre@caf.exemple"})
PIECES = st.sampled_from(
    [
        b"From: ",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Subject: =?utf-8?b?w6k=",
        b"=?x-none?q?=ff?=",
        b"Content-Disposition: attachment; filename*0*=utf-8''%e9; filename*1=\r\n",
        b"\r\n\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b"a@b.c, <d@e.f>",
        b"charset=idna;",
        b"\xff\x00\xe9",
    ]
)


@given(st.lists(PIECES | st.binary(max_size=30), max_size=30).map(b"".join))
def test_any_bytes_are_read_without_stumbling(raw: bytes) -> None:
    letter = read(raw)
    assert "\x00" not in letter.text + letter.subject + letter.sender
    assert isinstance((letter.text + letter.subject + letter.sender_name).encode(), bytes)
    assert nature_of(letter, ours=OURS) in Nature
    assert {may_be_answered(letter, ours=OURS), is_forged(letter)} <= {True, False}
    assert len(answered(letter)) + len(tokens(letter)) + len(cited(letter.subject)) >= 0
    assert len(fingerprint(raw)) == 64


def test_parts_within_parts_without_end_are_read_as_far_as_they_go() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(3_000)
    )
    assert read(b"From: a@b.fr\r\n" + deep + b"Content-Type: text/plain\r\n\r\nBonjour").is_broken


def test_html_becomes_plain_text_and_nothing_of_it_runs() -> None:
    html = (
        "<html><head><style>p{}</style><title>x</title></head><body><p>Bonjour&nbsp;Madame,</p>"
        "<script>alert(1)</script><div>Je n’ai <b>rien</b> reçu.<br>Merci</div></body></html>"
    )
    assert text_of(html).startswith("Bonjour")
    message = EmailMessage()
    message["From"] = "a@b.fr"
    message.set_content(html, subtype="html")
    text = read(message.as_bytes()).text
    assert "Je n’ai rien reçu.\nMerci" in text
    assert "alert" not in text
    assert "<" not in text


def test_the_plain_part_is_preferred_and_accents_survive_old_encodings() -> None:
    raw = (
        b"From: =?iso-8859-1?Q?H=E9l=E8ne?= <helene@exemple.fr>\r\nSubject: Re: d\xe9cision\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nD\xe9j\xe0 re\xe7u"
    )
    letter = read(raw)
    assert (letter.sender_name, letter.sender, letter.text) == ("Hélène", "helene@exemple.fr", "Déjà reçu")


def test_files_are_named_as_their_sender_named_them() -> None:
    message = a_mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Décision été.pdf")
    assert [(file.name, file.data) for file in read(message.as_bytes()).files] == [
        ("Décision été.pdf", b"%PDF-1.4")
    ]


@pytest.mark.parametrize(
    ("headers", "nature"),
    [
        ({}, Nature.PERSON),
        ({"Auto_Submitted": "no"}, Nature.PERSON),
        ({"Auto_Submitted": "auto-replied"}, Nature.AUTOMATIC),
        ({"Auto_Submitted": "auto-generated; x=y"}, Nature.AUTOMATIC),
        ({"X_Autoreply": "yes"}, Nature.AUTOMATIC),
        ({"Return_Path": "<>"}, Nature.BOUNCE),
        ({"From": "Mail Delivery <MAILER-DAEMON@exemple.fr>"}, Nature.BOUNCE),
        ({"Precedence": "bulk"}, Nature.BULK),
        ({"List_Id": "<liste.exemple.fr>"}, Nature.BULK),
        ({"X_Spam_Flag": "YES"}, Nature.SPAM),
        ({"X_Loop": "mediane"}, Nature.LOOP),
        ({"From": "Caf <ne-pas-repondre@caf.exemple>"}, Nature.LOOP),
        ({"From": "Caf <mediation+0123@caf75.exemple>"}, Nature.LOOP),
    ],
)
def test_a_machine_is_told_from_a_person(headers: dict[str, str], nature: Nature) -> None:
    assert nature_of(read(a_mail(**headers).as_bytes()), ours=OURS) == nature


def test_a_report_of_non_delivery_is_one_whatever_else_it_says() -> None:
    raw = (
        b"From: x@exemple.fr\r\nAuto-Submitted: auto-replied\r\n"
        b"Content-Type: multipart/report; boundary=b\r\n\r\n"
    )
    back = b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <abc@caf.exemple>\r\n\r\nx\r\n--b--\r\n"
    letter = read(raw + back)
    assert nature_of(letter, ours=OURS) == Nature.BOUNCE
    assert answered(letter) == ["<abc@caf.exemple>"]


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({}, True),
        ({"Return_Path": "<samira@exemple.fr>"}, True),
        ({"Return_Path": "<autre@exemple.fr>"}, False),
        ({"X_Auto_Response_Suppress": "OOF"}, False),
        ({"Precedence": "list"}, False),
        ({"From": "no-reply@banque.exemple"}, False),
        ({"From": "ne-pas-repondre@impots.exemple"}, False),
        ({"Authentication_Results": "mx.caf; spf=fail; dmarc=fail"}, False),
    ],
)
def test_a_machine_answers_only_what_a_person_surely_wrote(headers: dict[str, str], may: bool) -> None:
    assert may_be_answered(read(a_mail(**headers).as_bytes()), ours=OURS) is may


def test_a_sender_hidden_behind_another_address_is_doubtful() -> None:
    shown = a_mail(From='"samira@exemple.fr" <voleur@exemple.net>')
    assert is_forged(read(shown.as_bytes()))
    assert not is_forged(read(a_mail(Authentication_Results="mx; spf=fail; dkim=pass").as_bytes()))


def test_secrets_are_read_from_reply_addresses_and_references_from_subjects() -> None:
    secret = "0123456789abcdef" * 2
    letter = read(a_mail(To=f"Caf <mediation+{secret}@caf75.exemple>").as_bytes())
    assert tokens(letter) == [secret]
    assert tokens(read(a_mail(To="mediation+0123@caf75.exemple").as_bytes())) == []
    assert cited("Re: mon dossier k7mq 4trx, urgent") == "K7MQ-4TRX"
    assert cited("Re: mon dossier K7MQ-4TRY") == ""


def test_the_same_letter_by_two_roads_has_one_print_and_another_letter_has_its_own() -> None:
    letter = a_mail(Message_ID="<un@exemple.fr>").as_bytes()
    by_another_road = b"Received: from x by y\r\nDelivered-To: z@caf75.exemple\r\n" + letter.replace(
        b"\n", b"\r\n"
    )
    assert fingerprint(letter) == fingerprint(by_another_road)
    # Nobody hides a letter by sending first another one under its Message-ID.
    assert fingerprint(letter) != fingerprint(a_mail("Autre", Message_ID="<un@exemple.fr>").as_bytes())


FROM = b"From: Samira <samira@exemple.fr>\r\n"


@pytest.mark.parametrize(
    "head",
    [
        # A verdict that the sender wrote under that of the server redeems nothing.
        b"Authentication-Results: mx.caf; spf=fail\r\nAuthentication-Results: nul; dkim=pass\r\n" + FROM,
        FROM + b"From: La Caf <direction@caf.exemple>\r\n",
        b"From: samira@exemple.fr, direction@caf.exemple\r\n",
    ],
    ids=["a verdict of one’s own", "two headers", "two authors"],
)
def test_who_writes_in_two_voices_is_doubtful(head: bytes) -> None:
    assert is_forged(read(head + b"Subject: x\r\n\r\nBonjour"))


def test_two_verdicts_of_one_server_are_read_together() -> None:
    head = b"Authentication-Results: mx.caf; spf=fail\r\nAuthentication-Results: mx.caf; dkim=pass\r\n"
    assert not is_forged(read(head + FROM + b"\r\nBonjour"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "trap",
    ["<a ", "<!--", "<![", "</", "<a b='", "<!DOCTYPE ", "<?", "&#", "<style>", "&" + "a" * 50, "<!", "<"],
)
def test_html_made_to_be_slow_is_read_in_time(trap: str) -> None:
    body = trap * (200_000 // len(trap))
    begun = time.monotonic()
    read(FROM + b"Content-Type: text/html\r\n\r\n" + body.encode())
    assert time.monotonic() - begun < 5
