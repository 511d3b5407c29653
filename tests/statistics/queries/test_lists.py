"""Words for every value that a figure may carry."""

import pytest

from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.statistics.queries.lists import GROUPS, short_word, word, words
from mediane.statistics.rules.figures import Spread
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import Axis

pytestmark = pytest.mark.django_db


def test_every_figure_split_by_value_has_words() -> None:
    spread = {one.axis for one in INDICATORS.values() if isinstance(one.compute({}), Spread)}
    axes = {one.axis for one in INDICATORS.values()} - spread
    assert axes - words().keys() == set()


def test_every_group_of_a_benefit_has_its_words() -> None:
    assert {one.group for one in every(Benefit).values()} - GROUPS.keys() == set()


def test_a_value_is_told_in_words_a_lost_one_by_its_code() -> None:
    assert word(Axis.ALL, "out_of_scope") == "Saisines traitées, hors médiation"
    assert word(Axis.BENEFIT, "APL") == "Aide personnalisée au logement (APL)"
    assert short_word(Axis.BENEFIT, "APL") == "APL"
    assert short_word(Axis.GROUP, "minimum") == "Revenu de solidarité active"
    assert word(Axis.CAUSE, "GONE") == short_word(Axis.FIRST_BENEFIT, "GONE") == "GONE"
