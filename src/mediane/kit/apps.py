from django.apps import AppConfig

from mediane.kit import checks  # noqa: F401 — importing it registers the checks


class KitConfig(AppConfig):
    name = "mediane.kit"
    label = "kit"
