from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "mediane.referrals"
    label = "referrals"
