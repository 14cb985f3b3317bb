from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "coordination.patients"
    label = "patients"
