"""The anticipated “no” of a report."""

from mediane.kit.refusal import Refusal


class ReportRefused(Refusal):
    """What cannot be done of a report, and why."""


class NotYetTold(ReportRefused):
    """The public edition cannot say it before the figures of its year are published."""


class SavedMeanwhile(ReportRefused):
    """Somebody else saved the chapter since the page was opened: nothing is lost, both texts are shown."""
