from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mediane.documents"
    label = "documents"
