"""Defer a job by its name, in the transaction of the change that causes it."""

from datetime import datetime

from procrastinate.contrib.django import app


def defer(name: str, *, once: str | None = None, at: datetime | None = None, **arguments: int | str) -> None:
    """Queue the task `name`; it exists if, and only if, the transaction commits.

    `once` names work that must not wait twice: a job already waiting under it is enough.
    """
    options = {"queueing_lock": once, "schedule_at": at}
    app.configure_task(name, allow_unknown=True, **options).defer(**arguments)
