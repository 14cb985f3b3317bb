from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "coordination.project"
    label = "project"
