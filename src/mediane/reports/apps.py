from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mediane.reports"
    label = "reports"
