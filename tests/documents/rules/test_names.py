import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediane.documents.rules.kinds import Kind
from mediane.documents.rules.names import content_disposition, our_name, shown_name

hostile = st.one_of(
    st.text(max_size=400),
    st.text(alphabet=st.sampled_from("./\\\0\r\n\t\"'%;:é\u202e\u2066\u200b…😀a \udcff"), max_size=400),
)


@given(hostile)
@example("")
@example("..")
@example("a" * 300 + ".pdf")
def test_a_shown_name_is_harmless_whatever_was_sent(name: str) -> None:
    shown = shown_name(name)
    assert 1 <= len(shown) <= 120
    assert shown.isprintable()
    assert not re.search(r"[/\\]", shown)
    assert not shown.startswith(".")
    assert shown.encode()
    assert shown_name(shown) == shown


@given(st.integers(1, 99), st.sampled_from(Kind), hostile)
def test_our_name_is_plain_ascii_with_our_extension(position: int, kind: Kind, name: str) -> None:
    ours = our_name(position, kind, name)
    assert re.fullmatch(r"\d\d-[a-z0-9][a-z0-9-]{0,59}\.(pdf|jpg|png|webp)", ours)
    assert ours.endswith("." + kind.extension)


@given(hostile)
@example("¨")
def test_the_header_is_valid_and_carries_the_shown_name(name: str) -> None:
    header = content_disposition(name)
    parts = re.fullmatch(
        r"attachment; filename=\"([A-Za-z0-9 ._()-]+)\"; filename\*=UTF-8''([A-Za-z0-9._~%-]+)",
        header,
    )
    assert parts
    assert unquote(parts[2], errors="strict") == shown_name(name)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Relevé de décision.pdf", "Relevé de décision.pdf"),
        ("C:\\Users\\Samira\\avis.pdf", "avis.pdf"),
        ("../../etc/passwd", "passwd"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie: b.pdf"),
        ("\0", "document"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_shown_cleaned(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown


def test_a_long_name_is_cut_and_keeps_its_extension() -> None:
    assert shown_name("é" * 300 + ".pdf") == "é" * 115 + "….pdf"


def test_our_name_reads_well() -> None:
    assert our_name(3, Kind.JPEG, "Bulletin d’été N° 2.HEIC") == "03-bulletin-d-ete-n-2.jpg"
    assert our_name(1, Kind.PDF, "付款通知.pdf") == "01-document.pdf"
