from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "mediane.notifications"
    label = "notifications"
