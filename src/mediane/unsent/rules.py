"""What is kept of a page being written, and until when."""

from datetime import timedelta

# Longer than any form asks for; a page that says more is not one of ours.
LONGEST = 60_000
# Of one person at once: more is nobody’s work.
MOST = 100
FORGOTTEN_AFTER = timedelta(days=30)
# Who writes on pages, signed in.
WRITERS = ("staff", "national", "person", "mandate")
# Never kept: what belongs to the page, and not to who writes.
OF_THE_PAGE = ("csrfmiddlewaretoken", "mandate")
OURS = "kept_"


def typed(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """What somebody typed among what a page sent."""
    return {
        name: values
        for name, values in fields.items()
        if name not in OF_THE_PAGE and not name.startswith(OURS)
    }
