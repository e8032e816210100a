"""Addresses for who comes in from outside: an invitation, its code, a reset link."""

from __future__ import annotations

from django.urls import path

from caitien.web.accounts.views import forgotten, joining

app_name = "join"
urlpatterns = [
    path("moi/", joining.code, name="code"),
    path("moi/tham-gia/", joining.accept, name="accept"),
    path("moi/<str:token>/", joining.open_link, name="open"),
    path("mat-khau-moi/<str:token>/", forgotten.reset, name="reset"),
]
