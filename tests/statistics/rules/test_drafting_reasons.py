"""The paragraph of a benefit says what the numbers say, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.drafting_reasons import drafted, reasons_of

LABELS = {"A": "Contrôle annuel", "B": "Avis de pension", "C": "Titre de séjour", "D": "Stage"}


def said(handled: int, **numbers: int) -> str:
    return drafted(reasons_of("AAH", handled, numbers), LABELS.__getitem__).replace("\u00a0", " ")


def test_shares_are_of_the_requests_whose_reason_was_said() -> None:
    assert said(60, A=20, B=10, C=6, D=4) == (
        "AAH : 60 saisines traitées, la raison précise est connue pour 40 saisines."
        " La plus fréquente est « Contrôle annuel » (50 %),"
        " devant « Avis de pension » (25 %) et « Titre de séjour » (15 %)."
    )


def test_few_requests_are_given_in_numbers() -> None:
    assert said(5, A=4, B=1) == (
        "AAH : 5 saisines traitées, la raison précise est toujours connue."
        " La plus fréquente est « Contrôle annuel » (4 saisines), devant « Avis de pension » (1 saisine)."
    )


def test_what_is_as_frequent_is_not_told_apart() -> None:
    assert said(4, A=2, B=2).endswith(
        "Les plus fréquentes, à égalité : « Contrôle annuel » et « Avis de pension », 2 saisines chacune."
    )
    assert said(4, A=1, B=1, C=1, D=1).endswith("Aucune ne se détache.")
    assert said(8, A=5, B=1, C=1, D=1).endswith("La plus fréquente est « Contrôle annuel » (5 saisines).")


def test_what_is_outside_the_list_is_the_first_of_nothing() -> None:
    assert said(9, OTHER=6, A=2, B=1).endswith(
        "La plus fréquente est « Contrôle annuel » (2 saisines), devant « Avis de pension » (1 saisine)."
        " Hors de la liste : 6 saisines."
    )
    assert said(2, OTHER=2).endswith("la raison précise est toujours connue. Hors de la liste : 2 saisines.")


def test_what_is_outside_the_list_is_the_last_line_of_the_table() -> None:
    lines = reasons_of("AAH", 9, {"OTHER": 6, "A": 1, "B": 2}).lines
    assert [line.code for line in lines] == ["B", "A", "OTHER"]


def test_one_reason_no_reason_and_no_request_read_well() -> None:
    assert said(3, A=2).endswith("Une seule est notée : « Contrôle annuel » (2 saisines).")
    assert said(1) == "AAH : 1 saisine traitée, sans raison précise notée."
    assert said(0) == "AAH : aucune saisine traitée."


@given(st.dictionaries(st.sampled_from(["A", "B", "C", "D", "OTHER"]), st.integers(0, 200)))
def test_every_named_amount_is_one_of_the_table(numbers: dict[str, int]) -> None:
    reasons = reasons_of("AAH", sum(numbers.values()), numbers)
    assert sum(line.number for line in reasons.lines) == reasons.known
    words = drafted(reasons, LABELS.__getitem__)
    assert "None" not in words
    named = [number for code, number in numbers.items() if code != "OTHER"]
    if "La plus fréquente" in words:
        assert named.count(max(named)) == 1
