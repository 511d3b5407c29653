from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "mediane.mandates"
    label = "mandates"
