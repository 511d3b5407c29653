"""The figures of the page, in its order: which stand wide, which stand two by two."""

from collections.abc import Callable, Mapping
from functools import partial

from mediane.web.steering.figures import delays, money, questions, splits, volumes
from mediane.web.steering.figures.read import Read
from mediane.web.steering.figures.shown import Shown

# By code: each is one address to download from.
FIGURES: Mapping[str, Callable[[Read], Shown]] = {
    "months": volumes.months,
    "years": volumes.years,
    "money": money.money,
    **{
        code: partial(splits.split, code=code)
        for code in ("causes", "benefit_groups", "channels", "outcomes", "origins", "grounds")
    },
    "delays": delays.delays,
    "questions": questions.questions,
    "repeats": partial(splits.rate, code="repeats"),
    **{
        code: partial(splits.split, code=code)
        for code in (
            "reasons",
            "error_types",
            "services",
            "benefits",
            "out_of_scope_reasons",
            "bodies",
            "channels_out_of_scope",
            "households",
            "ages",
            "quotients",
        )
    },
    "preceded": partial(splits.rate, code="preceded"),
}
LOOK_OF = {"months": "two-thirds", "years": "third", "money": "whole"}
