from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mediane.jobs"
    label = "jobs"

    def ready(self) -> None:
        from mediane.jobs import schedule  # noqa: PLC0415 — models are not ready before

        schedule.register()
