from datetime import UTC, date, datetime

import pytest

from mediane.kit import french


@pytest.mark.parametrize(
    ("on", "long", "weekday", "short"),
    [
        (date(2026, 6, 3), "3_juin_2026", "mercredi 3_juin", "3_juin"),
        (date(2026, 11, 27), "27_novembre_2026", "vendredi 27_novembre", "27_nov."),
        (date(2027, 2, 1), "1er_février_2027", "lundi 1er_février", "1er_févr."),
        (date(2026, 8, 21), "21_août_2026", "vendredi 21_août", "21_août"),
    ],
)
def test_dates_are_written_in_french(on: date, long: str, weekday: str, short: str) -> None:
    written = (french.long_date(on), french.weekday_date(on), french.short_date(on))

    assert written == tuple(text.replace("_", "\u00a0") for text in (long, weekday, short))


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(14, 32, "14_h_32"), (9, 5, "9_h_05"), (9, 0, "9_h"), (0, 1, "0_h_01")],
)
def test_times_are_written_in_french(hour: int, minute: int, written: str) -> None:
    assert french.at_time(datetime(2026, 6, 3, hour, minute, tzinfo=UTC)) == written.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("n", "written"),
    [(0, "0_dossier"), (1, "1_dossier"), (2, "2_dossiers"), (1204, "1_204_dossiers")],
)
def test_zero_and_one_are_singular(n: int, written: str) -> None:
    assert french.count(n, "dossier", "dossiers") == written.replace("_", "\u00a0")
    assert french.plural(n, "dossier", "dossiers") == written.rsplit("_", maxsplit=1)[-1]


def test_small_numbers_have_words() -> None:
    words = [french.number_in_words(n) for n in (0, 1, 2, 16, 17, 20, 21)]

    assert words == ["zéro", "un", "deux", "seize", "dix-sept", "vingt", "21"]
    assert french.number_in_words(1, feminine=True) == "une"
    assert french.number_in_words(-3) == "−3"


def test_lists_end_with_and() -> None:
    assert french.join(["a", "b", "c"]) == "a, b et c"
    assert french.join(["a", "b"]) == "a et b"
    assert french.join(["a"]) == "a"
    assert french.join([]) == ""


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Paris", "de Paris"),
        ("Awa", "d’Awa"),
        ("Élodie", "d’Élodie"),
        ("Œuvre", "d’Œuvre"),
        ("Yves", "d’Yves"),
        ("Yasmine", "de Yasmine"),
        ("Haute-Savoie", "de Haute-Savoie"),
    ],
)
def test_of_is_elided_before_a_vowel(name: str, written: str) -> None:
    assert french.of(name) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1_ko"), (340_000, "340_ko"), (999_999, "1000_ko"), (2_149_000, "2,1_Mo"), (1_000_000, "1,0_Mo")],
)
def test_a_file_weighs_in_french(size: int, written: str) -> None:
    assert french.weight(size) == written.replace("_", "\u00a0")


def test_a_sentence_begins_with_a_capital() -> None:
    assert [french.capital(words) for words in ("la médiatrice", "État", "")] == ["La médiatrice", "État", ""]
