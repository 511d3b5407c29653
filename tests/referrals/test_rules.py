import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.referrals.rules import holds_social_security_number

digits = st.text("0123456789", min_size=1)


@pytest.mark.parametrize(
    "text",
    [
        "2 84 05 75 120 045 37",
        "Mon numéro : 184057512004537.",
        "1840575120045",
        "2 84 05 2A 120 045 12",
        "1.84.05.75.120.045",
    ],
)
def test_a_social_security_number_is_seen_however_it_is_spaced(text: str) -> None:
    assert holds_social_security_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dossier 4817263",
        "01 99 00 12 34",
        "1 842,60 € le 2 octobre 2026",
        "FR76 3000 6000 0112 3456 7890 189",
        "26-884120",
        "",
    ],
)
def test_what_people_write_about_their_file_is_not_one(text: str) -> None:
    assert not holds_social_security_number(text)


@given(
    st.sampled_from("12"),
    st.lists(st.sampled_from("0123456789"), min_size=12, max_size=14),
    st.sampled_from(["", " ", ".", "-", "\u00a0"]),
    st.text("abc é,\n"),
)
def test_any_number_of_that_shape_is_seen_anywhere(
    first: str, rest: list[str], gap: str, around: str
) -> None:
    assert holds_social_security_number(f"{around}{gap.join([first, *rest])}{around}")


@given(digits.filter(lambda text: len(text) < 13))
def test_a_shorter_number_is_never_one(text: str) -> None:
    assert not holds_social_security_number(text)
