from typing import Any

from mediane.reports.rules.drawings import NARROW, WIDE, specification

YEAR = [136, 129, 155, 133, 127, 123, 116, 106, 169, 148, 138, 122]
LABELS = ["Janv.", "Févr.", "Mars", "Avr.", "Mai", "Juin", "Juil.", "Août", "Sept.", "Oct.", "Nov.", "Déc."]


def months(*values: int | None) -> dict[str, Any]:
    return {"labels": LABELS, "series": [{"name": "2025", "values": [*values]}]}


def written_above(data: dict[str, Any]) -> list[str]:
    return [row["label"] for row in specification("months", data)["data"]["values"] if row["top"]]


def test_only_the_peaks_that_the_sentence_names_are_written_above_their_column() -> None:
    assert written_above(months(*YEAR)) == ["Sept."]
    assert written_above(months(*([100] * 12))) == []


def test_a_year_of_few_or_with_a_month_untold_has_no_peak() -> None:
    assert written_above(months(9, *([1] * 11))) == []
    assert written_above(months(None, *YEAR[1:])) == []


def test_a_chart_for_a_telephone_is_drawn_for_its_width() -> None:
    shares = {"labels": ["Allocation d’éducation de l’enfant handicapé (AEEH)"], "values": ["4.0"]}
    for shape, data in (("months", months(*YEAR)), ("bars", shares | {"marks": [None]})):
        wide, narrow = (specification(shape, data, room)["width"] for room in (WIDE, NARROW))
        assert narrow < 300 < wide


def test_a_long_name_has_the_lines_it_takes() -> None:
    names = ["Autre", "Allocation d’éducation de l’enfant handicapé (AEEH)"]
    drawn = specification("bars", {"labels": names, "values": ["3", "4"], "marks": [None, None]}, NARROW)
    lines = max(row["label"].count("|") + 1 for row in drawn["data"]["values"])
    assert drawn["height"]["step"] > 14 * lines
