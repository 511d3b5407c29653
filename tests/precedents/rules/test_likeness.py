from hypothesis import given
from hypothesis import strategies as st

from mediane.precedents.rules.likeness import Shape, alike, endings

MINE = Shape(0, frozenset({"APL"}), frozenset({"DEBT"}), frozenset({"retenu", "mut", "loyer"}))
CODES = st.frozensets(st.sampled_from(["APL", "RSA", "AAH", "PPA"]), max_size=3)
STEMS = st.frozensets(st.sampled_from(["retenu", "mut", "loyer", "colocat", "bail"]), max_size=5)
OTHERS = st.lists(
    st.builds(Shape, st.integers(1, 999), CODES, CODES, STEMS), max_size=12, unique_by=lambda s: s.key
)


def other(key: int, *, benefits: str = "APL", grounds: str = "", stems: str = "") -> Shape:
    return Shape(key, frozenset(benefits.split()), frozenset(grounds.split()), frozenset(stems.split()))


def test_the_same_ground_comes_before_the_same_words_and_a_benefit_alone_is_nothing() -> None:
    others = [
        other(1, stems="retenu"),
        other(2, grounds="DEBT"),
        other(3, grounds="DEBT", stems="retenu mut"),
        other(4),
    ]
    found = alike(MINE, others, most=10)
    assert [one.key for one in found][:2] == [3, 2]
    assert 4 not in {one.key for one in found}


def test_a_word_that_most_others_say_tells_nothing() -> None:
    others = [other(key, grounds="DEBT", stems="loyer") for key in range(1, 5)]
    others.append(other(9, grounds="DEBT", stems="loyer mut"))
    found = alike(MINE, others, most=10)
    assert (found[0].key, found[0].stems) == (9, ("mut",))
    assert all(one.stems == () for one in found[1:])


@given(OTHERS)
def test_a_twin_is_never_behind(others: list[Shape]) -> None:
    twin = Shape(1000, MINE.benefits, MINE.grounds, MINE.stems)
    found = alike(MINE, [*others, twin], most=100)
    assert found[0].weight == next(one.weight for one in found if one.key == 1000)


@given(OTHERS, st.integers(0, 5))
def test_the_closest_are_kept_in_order_and_the_order_of_arrival_weighs_nothing(
    others: list[Shape], most: int
) -> None:
    found = alike(MINE, others, most=100)
    weights = [one.weight for one in found]
    assert weights == sorted(weights, reverse=True)
    assert alike(MINE, others, most=most) == found[:most]
    assert sorted(alike(MINE, others[::-1], most=100), key=lambda one: one.key) == sorted(
        found, key=lambda one: one.key
    )


@given(OTHERS)
def test_what_is_said_to_be_shared_is_shared(others: list[Shape]) -> None:
    by_key = {one.key: one for one in others}
    for one in alike(MINE, others, most=100):
        theirs = by_key[one.key]
        assert one.benefits == MINE.benefits & theirs.benefits
        assert one.grounds == MINE.grounds & theirs.grounds
        assert set(one.stems) <= MINE.stems & theirs.stems


def test_endings_are_counted_the_most_frequent_first() -> None:
    assert endings(["upheld", "revised", "revised"]) == [("revised", 2), ("upheld", 1)]
