"""Addresses of imports, below /truong/<school>/nhap/."""

from __future__ import annotations

from django.urls import path

from caitien.web.documents import views, views_accept, views_review

app_name = "documents"
urlpatterns = [
    path("", views.imports, name="list"),
    path("tai-len/", views.upload, name="upload"),
    path("<uuid:key>/tep/", views.original, name="original"),
    path("<uuid:key>/trang/", views.page_picture, name="page"),
    path("<uuid:key>/", views_review.review_page, name="review"),
    path("<uuid:key>/tra-loi/", views_review.answer, name="answer"),
    path("<uuid:key>/sua-muc/", views_review.edit_row, name="edit_row"),
    path("<uuid:key>/bo-muc/", views_review.drop_row, name="drop_row"),
    path("<uuid:key>/chung/", views_review.state_facts, name="facts"),
    path("<uuid:key>/nhan-chac-chan/", views_review.take_sure, name="take_sure"),
    path("<uuid:key>/suy-ra/", views_review.derive, name="derive"),
    path("<uuid:key>/dua-vao/", views_accept.accept, name="accept"),
    path("<uuid:key>/bo/", views_accept.discard, name="discard"),
]
