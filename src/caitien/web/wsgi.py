"""The WSGI application. WSGI, not ASGI: every view is synchronous, so threads answer sooner and hold less memory."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from caitien.web.dead_lines import noticing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")

application = noticing(get_wsgi_application())
