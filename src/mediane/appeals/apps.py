from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "mediane.appeals"
    label = "appeals"
