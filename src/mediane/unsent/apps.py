from django.apps import AppConfig


class UnsentConfig(AppConfig):
    name = "mediane.unsent"
    label = "unsent"
