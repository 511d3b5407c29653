from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "mediane.entitlements"
    label = "entitlements"
