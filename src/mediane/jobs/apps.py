from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mediane.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Models are not ready before; what no hour calls is known by being imported.
        from mediane.jobs import entitlements, schedule  # noqa: F401, PLC0415

        schedule.register()
