from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "mediane.integrations"
    label = "integrations"
