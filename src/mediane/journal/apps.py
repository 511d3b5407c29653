from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "mediane.journal"
    label = "journal"
