"""What happens because time passes, as data. Hours are those of UTC."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from mediane.jobs import (
    attendance,
    consultations,
    exports,
    figures,
    hearing,
    mail,
    meetings,
    operations,
    parcels,
    reading,
    tasks,
    unsent,
    waits,
)

SCHEDULE: tuple[tuple[str, Task[Any, Any, Any]], ...] = (
    ("* * * * *", tasks.retry_stalled),
    ("20 * * * *", tasks.announce_missed),
    ("*/15 * * * *", tasks.tell_waiting_facts),
    ("0 5-16 * * *", tasks.acknowledge_in_time),
    ("30 6-17/2 * * *", tasks.announce_possible),
    ("40 2 * * *", tasks.forget_done),
    ("50 2 * * *", tasks.forget_sessions),
    ("0 3 * * *", tasks.forget_kept_files),
    ("55 2 * * *", unsent.forget_unsent),
    ("10 3 * * *", tasks.forget_stray_files),
    ("5 * * * *", meetings.remind_of_tomorrow),
    ("5 4 * * *", meetings.forget_callbacks),
    ("10 * * * *", waits.remind_of_waits),
    ("10 * * * *", consultations.chase_services),
    ("*/5 * * * *", consultations.follow_cases),
    ("*/2 * * * *", mail.collect_mail),
    ("20 3 * * *", mail.forget_stray_mail),
    ("*/30 * * * *", parcels.send_waiting_parcels),
    ("40 3 * * *", parcels.forget_stray_parcels),
    ("*/2 * * * *", attendance.tell_colleagues),
    ("*/15 * * * *", attendance.write_digests),
    ("30 3 * * *", reading.read_what_waits),
    ("*/15 * * * *", exports.look_after_exports),
    ("45 3 * * *", exports.forget_stray_exports),
    ("*/5 * * * *", operations.look_after_operations),
    ("*/5 * * * *", figures.catch_up_figures),
    ("15 1 * * *", figures.recount_figures),
    ("50 3 * * *", hearing.hear_what_waits),
)


def register() -> None:
    for cron, task in SCHEDULE:
        app.periodic(cron=cron)(task)
