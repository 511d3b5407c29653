"""Defer a job by its name, in the transaction of the change that causes it."""

from datetime import datetime

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.manager import JobManager

# Always Django’s connection: inside a worker, the queue’s own one would write outside the transaction.
QUEUE = JobManager(DjangoConnector())


def defer(name: str, *, once: str | None = None, at: datetime | None = None, **arguments: int | str) -> None:
    """Queue the task `name`; it exists if, and only if, the transaction commits.

    `once` names work that must not wait twice: a job already waiting under it is enough.
    """
    defer_all(job(name, once=once, at=at, **arguments))


def defer_all(*jobs: Job) -> None:
    """Queue several jobs at once."""
    if jobs:
        QUEUE.batch_defer_jobs(list(jobs))


def job(name: str, *, once: str | None = None, at: datetime | None = None, **arguments: int | str) -> Job:
    """The task `name` to be done with these arguments, not queued yet."""
    return Job(
        queue=DEFAULT_QUEUE,
        lock=None,
        queueing_lock=once,
        task_name=name,
        task_kwargs=dict(arguments),
        scheduled_at=at,
    )
