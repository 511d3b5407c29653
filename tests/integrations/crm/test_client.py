"""The client against the reference CRM, and against whatever else may answer on a socket."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mediane.integrations.crm.client import Client, Refused, Unusable
from mediane.integrations.crm.reference import Reference
from mediane.integrations.crm.store import Mood
from mediane.kit import clock
from tests.integrations.crm.running import TOKEN, a_reference_crm

WHO = {"organisation": "75", "number": "4817263", "since": "2025-11-09"}
FACT = {
    "organisation": "75",
    "number": "4817263",
    "reference": "K7MQ-4TRX",
    "fact": "registered",
    "on": "2026-11-09",
}
NOT_WELL = [mood for mood in Mood if mood not in (Mood.WELL, Mood.LIES)]


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Reference]:
    with a_reference_crm(tmp_path) as server:
        yield server


@contextmanager
def whoever_answers(with_bytes: bytes) -> Iterator[str]:
    """A server that sends these bytes to one caller, whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with closing(caller):
                caller.recv(65536)
                caller.sendall(with_bytes)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        thread.join(5)


def test_a_person_nobody_knows_has_no_complaint(crm: Reference) -> None:
    answer = Client(crm.url, TOKEN, 2).search(**WHO)
    assert answer == {"organisation": "75", "number": "4817263", "complaints": []}


@pytest.mark.parametrize("mood", NOT_WELL)
def test_whatever_the_outage_nothing_is_known_within_the_time_given(crm: Reference, mood: Mood) -> None:
    crm.store.behave(mood)
    began = time.monotonic()
    with pytest.raises(Unusable):
        Client(crm.url, TOKEN, 0.5).search(**WHO)
    with pytest.raises(Unusable):
        Client(crm.url, TOKEN, 0.5).tell(key=str(uuid4()), fact=FACT)
    assert time.monotonic() - began < 3


def test_an_acknowledgement_of_something_else_is_none(crm: Reference) -> None:
    crm.store.behave(Mood.LIES)
    with pytest.raises(Unusable):
        Client(crm.url, TOKEN, 2).tell(key=str(uuid4()), fact=FACT)


def test_a_fact_told_again_under_its_key_is_acknowledged_again(crm: Reference) -> None:
    client, key = Client(crm.url, TOKEN, 2), str(uuid4())
    for _ in range(2):
        client.tell(key=key, fact=FACT)
    assert [fact.key for fact in crm.store.read().facts] == [key]
    with pytest.raises(Refused):
        client.tell(key=key, fact=FACT | {"fact": "closed"})


@pytest.mark.parametrize(
    "wrong", [{"fact": "Elle vit seule"}, {"on": "hier"}, {"on": None}], ids=["content", "a day", "no day"]
)
def test_what_is_not_of_the_contract_is_refused(crm: Reference, wrong: dict) -> None:
    with pytest.raises(Refused):
        Client(crm.url, TOKEN, 2).tell(key=str(uuid4()), fact=FACT | wrong)
    assert crm.store.read().facts == ()


def test_another_token_opens_nothing(crm: Reference) -> None:
    for token in ("", "another", TOKEN + " ", TOKEN.upper()):
        with pytest.raises(Unusable, match="401"):
            Client(crm.url, token, 2).search(**WHO)


def test_an_address_of_elsewhere_is_followed_nowhere(crm: Reference) -> None:
    moved = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
    with whoever_answers(moved % f"{crm.url}/facts".encode()) as url:
        with pytest.raises(Unusable, match="307"):
            Client(url, TOKEN, 2).tell(key=str(uuid4()), fact=FACT)
    assert crm.store.read().facts == ()


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x00\xff" * 50,
        HEAD + b"Content-Length: 400\r\n\r\n{",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Content-Length: 4\r\n\r\nnull",
        HEAD + b"Content-Length: 2\r\n\r\n[]",
        HEAD + b"\r\n" + b"[" * 200_000,
        HEAD + b"X: " + b"x" * 70_000 + b"\r\n\r\n{}",
        HEAD + b"X: x\r\n" * 200 + b"\r\n{}",
    ],
    ids=["nothing", "noise", "half", "chunks", "null", "a list", "a well", "a long header", "many headers"],
)
def test_whatever_the_garbage_nothing_is_known(said: bytes) -> None:
    with whoever_answers(said) as url, pytest.raises(Unusable):
        Client(url, TOKEN, 2).search(**WHO)


def test_nobody_behind_the_door_is_an_outage_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(Unusable, match="ConnectionRefusedError"):
        Client(f"http://127.0.0.1:{port}/v1", TOKEN, 2).search(**WHO)


def self_signed(file: Path) -> Path:
    """A certificate that vouches for itself only."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    now = clock.now()
    signed = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(kept + signed.public_bytes(Encoding.PEM))
    return file


def test_a_certificate_nobody_vouches_for_is_not_spoken_to(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "crm.pem"))
    refusals: list[str] = []

    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with closing(caller):
                try:
                    context.wrap_socket(caller, server_side=True).close()
                except ssl.SSLError as refusal:
                    refusals.append(str(refusal))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with pytest.raises(Unusable, match="SSLCertVerificationError"):
            Client(f"https://localhost:{server.getsockname()[1]}/v1", TOKEN, 2).search(**WHO)
        thread.join(5)
    assert len(refusals) == 1
