from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "coordination.accounts.directory"
    label = "directory"
