"""Schools, school years, memberships, people. `School` is a shared table; the others belong to a school."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from caitien.web.ids import new_id
from caitien.web.schools.owned import SchoolOwned
from caitien.web.schools.roles import Role


class School(models.Model):
    """A school (cơ sở giáo dục). `slug` stands in addresses; letterhead data after Nghị định 30/2020."""

    class Level(models.TextChoices):
        MAM_NON = "mam_non", "Mầm non"
        TIEU_HOC = "tieu_hoc", "Tiểu học"
        THCS = "thcs", "Trung học cơ sở"
        THPT = "thpt", "Trung học phổ thông"
        GDTX = "gdtx", "Giáo dục thường xuyên"
        TH_THCS = "th_thcs", "Tiểu học và trung học cơ sở"
        THCS_THPT = "thcs_thpt", "Trung học cơ sở và trung học phổ thông"
        NHIEU_CAP = "nhieu_cap", "Nhiều cấp học"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("tên trường", max_length=200)
    code = models.CharField("mã trường", max_length=40, blank=True)
    level = models.CharField("cấp học", max_length=12, choices=Level.choices, blank=True)
    place = models.CharField("địa danh", max_length=120, blank=True)  # "Thanh Hà" of "Thanh Hà, ngày …"
    commune = models.CharField("xã, phường", max_length=120, blank=True)
    province = models.CharField("tỉnh, thành phố", max_length=120, blank=True)
    parent_body = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    abbreviation = models.CharField("chữ viết tắt trong số, ký hiệu", max_length=40, blank=True)
    head_role = models.CharField("chức vụ người đứng đầu", max_length=80, blank=True, default="Hiệu trưởng")
    head_name = models.CharField("người đứng đầu", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchoolYear(SchoolOwned):
    """Năm học of a school, "2025-2026". Its terms are what "HK I" and "Cả năm học" mean in a plan's dates."""

    name = models.CharField("năm học", max_length=9)
    framework = models.CharField("khung tiêu chuẩn", max_length=80, blank=True)
    first_term_start = models.DateField(null=True, blank=True)
    first_term_end = models.DateField(null=True, blank=True)
    second_term_start = models.DateField(null=True, blank=True)
    second_term_end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="school_year_once_a_school")]

    def __str__(self) -> str:
        return self.name


class Membership(SchoolOwned):
    """That a user belongs to a school, and in which role. What a role may do: `schools/roles.py`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "user"], name="membership_once_a_school")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Person(SchoolOwned):
    """Someone of the school, with an account or without: she can own actions now and be joined to her account later."""

    name = models.CharField("họ và tên", max_length=200)
    role_title = models.CharField("chức danh", max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role_title})" if self.role_title else self.name
