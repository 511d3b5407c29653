"""Many rows at once are what each of them says, in order."""

from datetime import date

from mediane.kit import bulk, rowsecurity
from mediane.statistics.models import Signal, Tally
from mediane.statistics.states import Population
from tests.cast import Cast


def test_rows_told_by_column_are_written_in_order_whatever_they_hold(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    said = [{"all": {"": 1}}, {"cents": {'d’été\\\n"«\u00a0»': -3}}, {}]
    told = [
        {
            "organisation_id": cast.paris.pk,
            "region": "",
            "month": date(2026, 1 + rank, 1),
            "population": Population.RECEIVED,
            "channel": "",
            "benefit": "",
            "counts": counts,
        }
        for rank, counts in enumerate(said)
    ]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        numbers = bulk.insert(Tally, told)
        assert [Tally.objects.get(pk=number).counts for number in numbers] == said
        assert bulk.insert(Tally, []) == []


def test_each_row_added_has_its_number(cast: Cast) -> None:
    usual = {
        "organisation": cast.paris,
        "motive": "GROUND",
        "since": date(2026, 1, 1),
        "until": date(2026, 3, 1),
        "observed": 9,
        "expected": 2.5,
    }
    rows = [Signal(code="A", benefit="APL", **usual), Signal(code="B", benefit="RSA", **usual)]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        bulk.add(rows)
        assert [Signal.objects.get(pk=row.pk).code for row in rows] == ["A", "B"]
        bulk.add([])
