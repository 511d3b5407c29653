from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "mediane.exports"
    label = "exports"
