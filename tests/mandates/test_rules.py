"""When a mandate runs, and whose sign-in it is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.mandates.rules import State, Term, account_of, refused_dates, spoken_for, state_of

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(starts_on=DAYS, length=st.none() | st.integers(0, 2000), day=DAYS)
def test_a_mandate_runs_from_its_first_day_to_its_last(starts_on, length, day):
    ends_on = None if length is None else starts_on + timedelta(days=length)
    runs = state_of(Term(starts_on, ends_on, is_revoked=False), day) is State.RUNNING
    assert runs == (starts_on <= day and (ends_on is None or day <= ends_on))


@given(starts_on=DAYS, ends_on=st.none() | DAYS, day=DAYS)
def test_taken_back_it_never_runs(starts_on, ends_on, day):
    assert state_of(Term(starts_on, ends_on, is_revoked=True), day) is State.REVOKED


def test_an_account_is_an_address_and_a_name_however_they_are_typed():
    account = account_of("helene.bastide@asso.invalid", "Hélène Bastide")
    assert account_of(" Helene.Bastide@Asso.invalid ", "BASTIDE Helene") == account
    assert account_of("helene.bastide@asso.invalid", "Hélène Bastid") != account
    assert account_of("helene.bastid@asso.invalid", "Hélène Bastide") != account


def test_dates_that_cannot_be_are_refused_with_the_reason():
    today = date(2026, 11, 9)
    assert refused_dates(today, None, today) == ""
    assert refused_dates(today, today, today) == ""
    assert "précéder" in refused_dates(today, today - timedelta(days=1), today)
    assert "déjà terminé" in refused_dates(date(2026, 1, 1), date(2026, 2, 1), today)
    assert "année" in refused_dates(today, date(2126, 11, 9), today)


def test_both_people_are_named_within_what_the_journal_keeps():
    assert spoken_for("Hélène Bastide", "Samira Belkacem") == "Hélène Bastide, pour Samira Belkacem"
    assert len(spoken_for("H" * 60, "S" * 120)) == 120
