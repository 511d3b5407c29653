from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "mediane.organisations"
    label = "organisations"
