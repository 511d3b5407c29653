from django.apps import AppConfig


class PrecedentsConfig(AppConfig):
    name = "mediane.precedents"
    label = "precedents"
