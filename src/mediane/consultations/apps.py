from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "mediane.consultations"
    label = "consultations"
