"""The anticipated “no” of a report."""

from mediane.kit.refusal import Refusal


class ReportRefused(Refusal):
    """What cannot be done of a report, and why."""


class SavedMeanwhile(ReportRefused):
    """Somebody else saved the chapter since the page was opened: nothing is lost, both texts are shown."""
