"""Numbers dealt out exactly: whatever is drawn at random, there are as many of each as were asked for."""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

Value = TypeVar("Value", int, str)
MOST = 3  # values one request may have
LEAST = 20_00  # cents of the smallest amount


def apportion(weights: Mapping[Value, float], number: int) -> dict[Value, int]:
    """As many as `number` in all, by the largest remainders; weights that add up to it are kept."""
    whole = sum(weights.values())
    shares = {value: number * weight / whole for value, weight in weights.items()}
    given = {value: int(share) for value, share in shares.items()}
    rest = sorted(shares, key=lambda value: given[value] - shares[value])
    for value in rest[: number - sum(given.values())]:
        given[value] += 1
    return given


def deck(chance: Random, weights: Mapping[str, float], number: int) -> list[str]:
    """One value each, shuffled."""
    return cards(chance, apportion(weights, number))


def several(chance: Random, wanted: Mapping[str, int], number: int) -> list[list[str]]:
    """At least a value each, `MOST` at most, never twice the same; in the order in which they are listed."""
    dealt = cards(chance, wanted)
    hands = [[value] for value in dealt[:number]]
    for value in dealt[number:]:
        hand = chance.choice(hands)
        while value in hand or len(hand) == MOST:
            hand = chance.choice(hands)
        hand.append(value)
    order = list(wanted)
    return [sorted(hand, key=order.index) for hand in hands]


def amounts(chance: Random, cents: int, number: int) -> list[int]:
    """So many amounts that add up to a sum, small ones more often than large ones."""
    weights = [0.12 + chance.betavariate(1.3, 2.6) for _ in range(number)]
    to_share = cents - LEAST * number
    parts = [LEAST + int(to_share * weight / sum(weights)) for weight in weights]
    parts[0] += cents - sum(parts)
    return parts


def cards(chance: Random, wanted: Mapping[str, int]) -> list[str]:
    """As many of each, shuffled."""
    ordered = [value for value, times in wanted.items() for _ in range(times)]
    return chance.sample(ordered, len(ordered))
