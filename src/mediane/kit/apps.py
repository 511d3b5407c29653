from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "mediane.kit"
    label = "kit"

    def ready(self) -> None:
        from mediane.kit import checks  # noqa: F401 — registers itself
