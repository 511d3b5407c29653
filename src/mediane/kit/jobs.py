"""Defer a job by its name, in the transaction of the change that causes it."""

from datetime import datetime

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# Always Django’s connection: inside a worker, the queue’s own one would write outside the transaction.
QUEUE = JobManager(DjangoConnector())


def defer(name: str, *, once: str | None = None, at: datetime | None = None, **arguments: int | str) -> None:
    """Queue the task `name`; it exists if, and only if, the transaction commits.

    `once` names work that must not wait twice: a job already waiting under it is enough.
    """
    configure_task(name=name, job_manager=QUEUE, queueing_lock=once, schedule_at=at).defer(**arguments)
