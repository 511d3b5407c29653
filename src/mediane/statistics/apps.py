from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "mediane.statistics"
    label = "statistics"
