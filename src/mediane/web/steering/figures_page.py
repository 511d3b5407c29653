"""The figures of the page, in its order: which stand wide, which stand two by two."""

from collections.abc import Callable, Mapping
from functools import partial

from mediane.web.steering import figures_delays, figures_money, figures_splits, figures_volumes
from mediane.web.steering.figures_read import Read
from mediane.web.steering.figures_shown import Shown

# By code: each is one address to download from.
FIGURES: Mapping[str, Callable[[Read], Shown]] = {
    "months": figures_volumes.months,
    "years": figures_volumes.years,
    "money": figures_money.money,
    **{
        code: partial(figures_splits.split, code=code)
        for code in ("causes", "benefit_groups", "channels", "outcomes", "origins", "grounds")
    },
    "delays": figures_delays.delays,
    "repeats": partial(figures_splits.rate, code="repeats"),
    **{
        code: partial(figures_splits.split, code=code)
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
    "preceded": partial(figures_splits.rate, code="preceded"),
}
LOOK_OF = {"months": "two-thirds", "years": "third", "money": "whole"}
