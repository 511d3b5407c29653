import pytest

from mediane.people.rules import bare_number, is_whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2604418", "2604418"),
        ("2604418 A", "2604418"),
        ("26 04 418", "2604418"),
        ("2604", "2604"),
        ("26044189", ""),
        ("Morvan", ""),
        ("٢٦٠٤٤١٨", ""),
        ("", ""),
    ],
)
def test_a_number_is_read_as_it_is_written_on_paper(typed: str, number: str) -> None:
    assert bare_number(typed) == number
    assert is_whole(number) == (len(number) == 7)
