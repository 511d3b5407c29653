from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mediane.debts.rules.kept import explained_as_bytes, explained_of
from mediane.debts.rules.overpayment import Line, Table, alternative, explained, totals, words
from mediane.debts.rules.picture import narrow, scale, wide
from mediane.kit.months import months_later

EUROS = st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    ranks = sorted(draw(st.sets(st.integers(0, 59), min_size=1, max_size=36)))
    return Table(
        tuple(
            Line(
                months_later(date(2020, 1, 1), rank),
                draw(EUROS),
                draw(EUROS),
                draw(st.sampled_from(("", "a", "b"))),
            )
            for rank in ranks
        )
    )


def line(month: int, due: str, paid: str, reason: str = "") -> Line:
    return Line(date(2026, month, 1), Decimal(due), Decimal(paid), reason)


@given(table=tables())
def test_too_much_and_too_little_are_never_netted(table: Table) -> None:
    assert table.overpaid == sum(max(one.paid - one.due, Decimal(0)) for one in table.lines)
    assert table.underpaid == sum(max(one.due - one.paid, Decimal(0)) for one in table.lines)
    assert table.rest == table.overpaid - table.underpaid == table.paid - table.due


def test_the_paragraph_says_how_much_which_way_and_why() -> None:
    table = Table(
        (
            line(1, "300", "500", "Salaire non déclaré"),
            line(2, "300", "500", "Salaire non déclaré"),
            line(4, "300", "250.50", "Loyer mis à jour tard."),
        )
    )
    assert words(table) == (
        "De janvier à avril\u00a02026, la Caf vous a versé 1\u00a0250,50\u00a0€."
        " Vous aviez droit à 900,00\u00a0€.",
        "Pendant 2\u00a0mois, elle vous a versé trop\u00a0: 400,00\u00a0€.",
        "Pendant 1\u00a0mois, elle ne vous a pas versé assez\u00a0: 49,50\u00a0€.",
        "Ces deux sommes sont comptées à part."
        " Si l’on retire l’une de l’autre, il reste 350,50\u00a0€ versés en trop.",
        "Ce tableau ne dit rien de mars\u00a02026.",
        "De janvier à février\u00a02026\u00a0: Salaire non déclaré.",
        "En avril\u00a02026\u00a0: Loyer mis à jour tard.",
    )
    assert [label for label, _ in totals(table)] == [
        "Versé en trop",
        "Pas assez versé",
        "Reste, si l’on retire l’un de l’autre\u00a0: versé en trop",
    ]


def test_a_month_paid_as_due_says_so() -> None:
    assert "Chaque mois, la somme versée est la somme due." in words(Table((line(8, "10", "10"),)))
    assert words(Table((line(8, "10", "10"),)))[0].startswith("En août\u00a02026, ")


def test_the_rest_may_be_owed_to_the_person() -> None:
    table = Table((line(1, "100", "110"), line(2, "100", "40")))
    assert "il reste 50,00\u00a0€ que la Caf ne vous a pas versés." in words(table)[-1]


def test_years_are_said_when_they_differ() -> None:
    table = Table((Line(date(2025, 10, 1), Decimal(1), Decimal(2)), line(1, "1", "2")))
    assert words(table)[0].startswith("D’octobre\u00a02025 à janvier\u00a02026, ")
    assert "en octobre\u00a02025" in alternative(table)


@given(table=tables())
def test_every_table_is_drawn_within_its_frame(table: Table) -> None:
    step, top = scale(table)
    highest = max(max(one.due, one.paid) for one in table.lines)
    assert top >= highest
    assert top % step == 0
    assert top / step <= 5
    for svg in (wide(table, name="a", font="Atkinson"), narrow(table, name="b")):
        root = ElementTree.fromstring(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        bars = [one for one in root.iter() if one.tag.endswith("rect") and "x" in one.attrib]
        assert len(bars) == 2 + 2 * len(table.lines)
        for bar in bars:
            x, y, w, h = (float(bar.attrib[name]) for name in ("x", "y", "width", "height"))
            assert min(x, y, w, h) >= 0
            assert x + w <= width
            assert y + h <= height


def test_no_word_that_was_typed_is_drawn() -> None:
    table = Table((line(1, "1", "2", "<script>"),))
    assert "script" not in wide(table, name="a") + narrow(table, name="a")


@given(table=tables())
def test_what_is_kept_opens_as_it_was(table: Table) -> None:
    one = explained(table, "APL")
    assert explained_of(explained_as_bytes(one)) == one
