from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "mediane.findings"
    label = "findings"
