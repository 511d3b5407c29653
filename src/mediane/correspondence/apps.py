from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "mediane.correspondence"
    label = "correspondence"
