from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "mediane.catalogue"
    label = "catalogue"
