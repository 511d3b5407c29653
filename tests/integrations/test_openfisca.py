"""OpenFisca-France itself, in its own process: the rights of known households for a month."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from mediane.entitlements.states import Disability, Housing, Right, Zone
from mediane.integrations.openfisca import adapter
from tests.entitlements.stories import a_household

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def scratch(settings: LazySettings, tmp_path: Path) -> Path:
    settings.SCRATCH = tmp_path
    return tmp_path


def test_a_mother_of_one_who_earns_little(scratch: Path) -> None:
    found, computed_with = adapter.compute(a_household())
    assert computed_with.startswith("OpenFisca-France ")
    assert {right for right, value in found.items() if value} == {Right.PPA, Right.HOUSING, Right.ASF}
    assert found[Right.HOUSING] < 600, "less than the rent"
    assert list(scratch.iterdir()) == [], "nothing of the household stays"


def test_a_couple_with_three_children_and_a_disability() -> None:
    household = a_household(
        other_age=31,
        children=(1, 3, 9),
        wages=Decimal(0),
        disability=Disability.SEVERE,
        housing=Housing.SOCIAL,
        zone=Zone.THREE,
    )
    found, _ = adapter.compute(household)
    assert not found[Right.ASF], "both parents are there"
    assert min(found[Right.AF], found[Right.AAH], found[Right.RSA]) > 0
    richer, _ = adapter.compute(replace(household, other_wages=Decimal(6000)))
    assert richer[Right.RSA] == 0
    assert richer[Right.AF] <= found[Right.AF]


def test_too_long_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "LIMITS", adapter.Limits(seconds=1))
    with pytest.raises(adapter.NotComputed, match=r"trop de temps|pas pu traiter"):
        adapter.compute(a_household())
