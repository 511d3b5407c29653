"""The anticipated “no”: raised by a verb, shown by a screen."""


class Refusal(Exception):
    """Carries the French sentence that the person will read."""

    @property
    def sentence(self) -> str:
        return str(self)
