from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "mediane.eligibility"
    label = "eligibility"
