from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "mediane.casework"
    label = "casework"
