"""What a browser says of itself, in words a teacher knows: {% load devices %} {{ session.user_agent|device }}."""

from __future__ import annotations

from django import template

from caitien.web.accounts.devices import said

register = template.Library()
register.filter("device", said)
