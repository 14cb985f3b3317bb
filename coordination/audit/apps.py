from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "coordination.audit"
    label = "audit"
