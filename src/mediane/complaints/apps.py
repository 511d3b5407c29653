from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "mediane.complaints"
    label = "complaints"
