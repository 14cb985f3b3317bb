"""Every address of Liaison."""

from django.urls import URLPattern, URLResolver, path

from coordination.project.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
]
