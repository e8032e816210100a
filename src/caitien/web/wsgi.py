"""The WSGI application. WSGI, not ASGI: every view is synchronous, so threads answer sooner and hold less memory."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")

application = get_wsgi_application()
