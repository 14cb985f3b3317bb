"""HTTP to Django, `/ws/` to the one WebSocket consumer."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.project.settings")
application = get_asgi_application()
