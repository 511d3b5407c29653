from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "mediane.attendance"
    label = "attendance"
