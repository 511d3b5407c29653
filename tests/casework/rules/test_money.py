from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.money import BESIDE, BUCKETS, amount, counted, totals
from mediane.casework.states import Effect


@dataclass(frozen=True)
class Written:
    pk: int
    kind: Effect
    amount: Decimal
    corrects_id: int | None
    validated_by_id: int | None


EUROS = st.integers(0, 10**8).map(lambda cents: Decimal(cents) / 100)


@st.composite
def histories(draw: st.DrawFn) -> list[Written]:
    """Lines as the verbs write them: each corrects an earlier one at most, and none is corrected twice."""
    lines: list[Written] = []
    free: list[int] = []
    for pk in range(draw(st.integers(0, 12))):
        corrects = draw(st.sampled_from([None, *free]))
        if corrects is not None:
            free.remove(corrects)
        validated = draw(st.sampled_from((None, 7)))
        lines.append(Written(pk, draw(st.sampled_from(Effect)), draw(EUROS), corrects, validated))
        free.append(pk)
    return lines


@given(lines=histories())
def test_the_amounts_are_never_netted(lines: list[Written]) -> None:
    found = totals(lines)
    for kind in Effect:
        assert found[kind] == sum(line.amount for line in counted(lines) if line.kind == kind)
        assert found[kind] >= 0


@given(lines=histories(), chance=st.randoms())
def test_the_order_in_which_lines_are_read_changes_nothing(lines: list[Written], chance: object) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert totals(mixed) == totals(lines)


@given(lines=histories())
def test_of_a_line_and_its_corrections_one_counts_at_most(lines: list[Written]) -> None:
    by_number = {line.pk: line for line in lines}

    def first_of(line: Written) -> int:
        while line.corrects_id is not None:
            line = by_number[line.corrects_id]
        return line.pk

    chains = [first_of(line) for line in counted(lines)]
    assert all(line.validated_by_id for line in counted(lines))
    assert len(chains) == len(set(chains))
    assert set(chains) == {first_of(line) for line in lines if line.validated_by_id}


@given(before=EUROS, after=EUROS)
def test_an_amount_has_the_sense_of_its_kind(before: Decimal, after: Decimal) -> None:
    assert amount(Effect.BACK_PAYMENT, before, after) == after - before
    assert amount(Effect.DEBT_REMITTED, before, after) == before - after


def test_the_four_impacts_are_apart_from_the_facts_told_beside() -> None:
    assert len(BUCKETS) == 4
    assert set(BUCKETS) | set(BESIDE) == set(Effect)
    assert not set(BUCKETS) & set(BESIDE)
