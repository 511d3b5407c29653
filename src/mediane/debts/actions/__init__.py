"""The verbs of debts: a table explained, a deduction worked out, a scale entered."""

from mediane.debts.actions.calculate import NoScale, calculate_deduction
from mediane.debts.actions.copying import Signed, keep_calculation, keep_table
from mediane.debts.actions.explain import SavedMeanwhile, TooMuch, save_explanation
from mediane.debts.actions.scales import ScaleRefused, enter_scale

__all__ = [
    "NoScale",
    "SavedMeanwhile",
    "ScaleRefused",
    "Signed",
    "TooMuch",
    "calculate_deduction",
    "enter_scale",
    "keep_calculation",
    "keep_table",
    "save_explanation",
]
