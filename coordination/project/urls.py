"""Every address of Liaison."""

from django.urls import URLPattern, URLResolver, path

from coordination.project.api import api
from coordination.project.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("healthz", healthz),
]
