from datetime import date
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from mediane.web.design.fields import DateField, Typed, read_date
from tests.web.design.stage import component, contested


class Dated(forms.Form):
    on = DateField(not_after=lambda: date(2026, 11, 23), not_before=date(2020, 1, 1))


def dated(day: str, month: str, year: str) -> Dated:
    return Dated({"on_day": day, "on_month": month, "on_year": year})


def refusal(day: str, month: str, year: str) -> Any:
    return dated(day, month, year).errors.as_data()["on"][0]


@given(st.dates())
def test_every_date_typed_in_figures_is_read(day: date) -> None:
    assert read_date(Typed(str(day.day), str(day.month), f"{day.year:04}")) == day


@pytest.mark.parametrize("month", ["octobre", "Oct.", "10", " 10"])
def test_a_month_may_be_written_in_words_or_figures(month: str) -> None:
    form = dated("2", month, "2026")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        (("2", "10", "26"), "year", "Indiquez l’année sur quatre chiffres"),
        (("2", "10", "deux"), "year", "Indiquez l’année sur quatre chiffres"),
        (("2", "13", "2026"), "month", "Le mois va de 1 à 12"),
        (("2", "ju", "2026"), "month", "Le mois va de 1 à 12"),
        (("32", "10", "2026"), "day", "Le jour va de 1 à 31"),
        (("31", "2", "2026"), "unreal", "Le 31 février n’existe pas"),
        (("29", "02", "2026"), "unreal", "Le 29 février 2026 n’existe pas"),
        (("31", "11", "2026"), "unreal", "Le 31 novembre n’existe pas"),
        (("", "10", "2026"), "day", "Indiquez le jour"),
        (("2", "", ""), "month", "Indiquez le mois et l’année"),
        (("", "", ""), "required", "Indiquez la date"),
    ],
)
def test_each_mistake_in_a_date_is_named(typed: tuple[str, str, str], code: str, sentence: str) -> None:
    refused = refusal(*typed)
    assert (refused.code, refused.messages) == (code, [sentence])


def test_limits_are_read_when_the_form_is_checked() -> None:
    assert refusal("24", "11", "2026").code == "too_late"
    assert refusal("31", "12", "2019").code == "too_early"
    assert dated("23", "11", "2026").is_valid()


def test_an_optional_date_left_empty_is_no_date() -> None:
    assert DateField(required=False).clean(Typed()) is None


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_whatever_is_typed_is_a_date_or_a_refusal_in_words(day: str, month: str, year: str) -> None:
    form = dated(day, month, year)
    if form.is_valid():
        assert isinstance(form.cleaned_data["on"], date)
    else:
        assert form.errors["on"][0]


def test_what_was_typed_stays_and_only_the_wrong_box_is_marked() -> None:
    form = contested(decided_on_year=["26"])
    page = component("fields", "date_field(form.decided_on)", form=form)
    assert 'id="id_decided_on_year" name="decided_on_year" type="text" inputmode="numeric" value="26"' in page
    assert page.count("govuk-input--error") == 1
    assert page.count('aria-invalid="true"') == 1
    summary = component("fields", "error_summary(form)", form=form)
    assert 'href="#id_decided_on_year"' in summary


def test_an_initial_date_fills_the_three_boxes() -> None:
    page = component("fields", "date_field(form.on)", form=Dated(initial={"on": date(2026, 3, 1)}))
    assert [f'value="{part}"' in page for part in ("1", "3", "2026")] == [True] * 3
