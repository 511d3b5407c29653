from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "mediane.imports"
    label = "imports"
