from django.apps import AppConfig


class DebtsConfig(AppConfig):
    name = "mediane.debts"
    label = "debts"
