"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "caitien.web.accounts"
    label = "accounts"
