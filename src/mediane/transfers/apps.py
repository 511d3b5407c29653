from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "mediane.transfers"
    label = "transfers"
