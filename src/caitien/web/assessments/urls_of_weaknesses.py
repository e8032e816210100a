"""Addresses of standards, weaknesses, and the actions that answer them."""

from __future__ import annotations

from django.urls import path

from caitien.web.assessments.views.answers import answer_undo, weakness
from caitien.web.assessments.views.coverage import coverage
from caitien.web.assessments.views.standard import standard, standard_cite, standard_words
from caitien.web.assessments.views.weaknesses import weakness_add, weakness_do, weakness_edit

urlpatterns = [
    path("tieu-chuan/<str:code>/", standard, name="standard"),
    path("tieu-chuan/<str:code>/chu/", standard_words, name="standard_words"),
    path("tieu-chuan/<str:code>/vien-dan/", standard_cite, name="standard_cite"),
    path("han-che/them/", weakness_add, name="weakness_add"),
    path("han-che/<uuid:weakness>/", weakness, name="weakness"),
    path("han-che/<uuid:weakness>/sua/", weakness_edit, name="weakness_edit"),
    path("han-che/<uuid:weakness>/thu-tu/", weakness_do, name="weakness_do"),
    path("do-phu/", coverage, name="coverage"),
    path("do-phu/<uuid:batch>/hoan-tac/", answer_undo, name="answer_undo"),
]
