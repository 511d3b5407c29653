from django.apps import AppConfig


class WorklistsConfig(AppConfig):
    name = "mediane.worklists"
    label = "worklists"
