"""Schools, sites, years, memberships, people, invitations. `School` is a shared table; the others belong to a school."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from caitien.web.ids import new_id
from caitien.web.schools.owned import SchoolOwned
from caitien.web.schools.roles import Role


class School(models.Model):
    """A school (cơ sở giáo dục). `slug` stands in addresses; letterhead data after Nghị định 30/2020."""

    class Level(models.TextChoices):
        MAM_NON = "mam_non", _("Mầm non")
        TIEU_HOC = "tieu_hoc", _("Tiểu học")
        THCS = "thcs", _("Trung học cơ sở")
        THPT = "thpt", _("Trung học phổ thông")
        GDTX = "gdtx", _("Giáo dục thường xuyên")
        TH_THCS = "th_thcs", _("Tiểu học và trung học cơ sở")
        THCS_THPT = "thcs_thpt", _("Trung học cơ sở và trung học phổ thông")
        NHIEU_CAP = "nhieu_cap", _("Nhiều cấp học")

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
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    phone = models.CharField("điện thoại", max_length=60, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.CharField("trang thông tin điện tử", max_length=200, blank=True)
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
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

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


class Site(SchoolOwned):
    """Điểm trường: a place where the school teaches. One that was taken away can be brought back."""

    name = models.CharField("tên điểm trường", max_length=200)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    is_main = models.BooleanField("điểm trường chính", default=False)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    position = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Person(SchoolOwned):
    """Someone of the school, or a group (tổ, ban), as plans name them: with an account or without.

    She can own actions now and be joined to her account later. `aliases`: the other ways in which plans write her.
    A row that was merged into another stays, hidden, so that the merge can be taken back.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("người")
        GROUP = "group", _("tổ, nhóm")

    name = models.CharField("họ và tên", max_length=200)
    role_title = models.CharField("chức danh", max_length=200, blank=True)
    kind = models.CharField("loại", max_length=8, choices=Kind.choices, default=Kind.PERSON)
    aliases = models.JSONField("cách ghi khác", default=list, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    left_on = models.DateField("rời trường ngày", null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "user"], name="person_once_an_account")]

    def __str__(self) -> str:
        return f"{self.name} ({self.role_title})" if self.role_title else self.name


class GroupMember(SchoolOwned):
    """That a person is in a group: what the group owns is hers to do too."""

    group = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="group_members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="in_groups")
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "group", "person"], name="group_member_once_a_group")]

    def __str__(self) -> str:
        return f"{self.person} · {self.group}"


class PersonMerge(SchoolOwned):
    """That two rows of people were made one, and what moved, so that it can be taken back."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)  # what `merging.py` changed: aliases, groups, account
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class Invitation(SchoolOwned):
    """An invitation into the school: a link and a short code, one use each, seven days. Only their hashes are kept."""

    role = models.CharField("vai trò", max_length=12, choices=Role.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations")
    label = models.CharField("mời ai", max_length=200, blank=True)
    batch = models.UUIDField(default=new_id)  # of the form that made it: sent twice, it is made once
    token_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "token_hash"], name="invitation_token_once"),
            models.UniqueConstraint(fields=["school", "code_hash"], name="invitation_code_once"),
        ]
        indexes = [  # who holds a link or a code does not say of which school
            models.Index(fields=["token_hash"], name="invitation_by_token"),
            models.Index(fields=["code_hash"], name="invitation_by_code"),
        ]

    def __str__(self) -> str:
        return self.label or str(self.person or self.get_role_display())


class ResetLink(SchoolOwned):
    """A link with which a member of the school who forgot her password chooses a new one: one use, 24 hours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["school", "token_hash"], name="reset_link_token_once")]
        indexes = [models.Index(fields=["token_hash"], name="reset_link_by_token")]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%d/%m/%Y}"
