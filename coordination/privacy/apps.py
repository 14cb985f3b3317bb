from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "coordination.privacy"
    label = "privacy"
