"""Plans, actions, progress entries, dismissed findings.

The rows hold all that the plan value (`caitien.plan`) holds, so that a value stored is a value got back: see `values.py`.
"""

# Null is "not known" in the plan value and differs from "printed, and empty":
# ruff: noqa: DJ001

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from caitien.web.ids import new_id
from caitien.web.schools.models import SchoolYear
from caitien.web.schools.owned import SchoolOwned


class Plan(SchoolOwned):
    """Kế hoạch cải tiến chất lượng of a school for a school year. `head`: every field of the plan value but its actions."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("bản nháp")
        SUBMITTED = "submitted", gettext_lazy("chờ duyệt")
        APPROVED = "approved", gettext_lazy("đã duyệt")
        IN_FORCE = "in_force", gettext_lazy("đang thực hiện")
        CLOSED = "closed", gettext_lazy("đã kết thúc")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    title = models.TextField("tên kế hoạch", null=True, blank=True)
    framework = models.TextField("khung tiêu chuẩn", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    head = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["school", "-created_at"], name="plans_of_school")]

    def __str__(self) -> str:
        return self.title or f"Kế hoạch cải tiến chất lượng {self.year or ''}".strip()


class Action(SchoolOwned):
    """One row of the plan. Text is as printed; what is derived from it (dates, money) stands beside it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField()  # 0 is the first row
    standard = models.CharField(
        max_length=8, blank=True
    )  # derived from the first criterion: "1" of "1.2", "M4" of "M4.1"
    version = models.PositiveIntegerField(default=1)

    number = models.JSONField("số thứ tự", null=True, blank=True)  # as printed: a number or a text
    criteria = models.JSONField("tiêu chí", default=list, blank=True)
    current_state = models.TextField("hiện trạng", null=True, blank=True)
    weakness = models.TextField("điểm yếu, hạn chế", null=True, blank=True)
    cause = models.TextField("nguyên nhân", null=True, blank=True)
    content = models.TextField("nội dung cải tiến", null=True, blank=True)
    objective = models.TextField("mục tiêu", null=True, blank=True)
    measures = models.JSONField("giải pháp, biện pháp", default=list, blank=True)
    indicators = models.JSONField("chỉ số đánh giá kết quả", default=list, blank=True)
    period_text = models.TextField("thời gian, hạn", null=True, blank=True)
    period_kind = models.CharField(max_length=12, default="none")
    period_start = models.CharField(max_length=40, null=True, blank=True)  # "2025-10-15" or "2025-10"
    period_end = models.CharField(max_length=40, null=True, blank=True)
    recurrence = models.CharField(max_length=12, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # period_start as a day (first of the month), for queries
    ends_on = models.DateField(null=True, blank=True)  # period_end as a day (last of the month), for queries
    responsible = models.JSONField("người phụ trách", default=list, blank=True)
    collaborators = models.JSONField("người phối hợp", default=list, blank=True)
    resources_text = models.TextField("nguồn lực", null=True, blank=True)
    budget_vnd = models.BigIntegerField("kinh phí", null=True, blank=True)  # whole đồng; 0 is "Không"
    budget_text = models.TextField("kinh phí (như đã ghi)", null=True, blank=True)
    funding_sources = models.JSONField("nguồn kinh phí", default=list, blank=True)
    expected_evidence = models.JSONField("minh chứng, sản phẩm dự kiến", default=list, blank=True)
    progress_text = models.TextField("tiến độ", null=True, blank=True)
    progress_status = models.CharField("mức độ thực hiện", max_length=12, null=True, blank=True)
    progress_percent = models.IntegerField("phần trăm", null=True, blank=True)
    result = models.TextField("kết quả", null=True, blank=True)
    note = models.TextField("ghi chú", null=True, blank=True)
    provenance = models.JSONField(default=dict, blank=True)  # where the row stood in the file
    alternatives = models.JSONField(default=list, blank=True)  # what a duplicate row said instead
    extra = models.JSONField(default=dict, blank=True)  # fields of a newer plan format, kept as they came
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(
        history_id_field=models.UUIDField(default=new_id), excluded_fields=["provenance", "alternatives"]
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["school", "plan", "position"], name="actions_of_plan"),
            models.Index(fields=["school", "ends_on"], name="actions_by_deadline"),
        ]

    def __str__(self) -> str:
        return " ".join([*self.criteria, self.content or self.weakness or ""]).strip() or "Mục chưa có nội dung"


class ProgressEntry(SchoolOwned):
    """What somebody reported about an action, on a day. The action shows the newest; none is ever overwritten."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="progress_entries")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField("ngày")
    status = models.CharField("mức độ", max_length=12)
    percent = models.PositiveSmallIntegerField("phần trăm", null=True, blank=True)
    text = models.TextField("đã làm gì", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["school", "action", "-created_at"], name="progress_of_action")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.status}"


class DismissedFinding(SchoolOwned):
    """A finding that a person decided to leave as it is, and why. It comes back when the words it was about change."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="dismissed_findings")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)  # of rule, action, field, quote and message
    message = models.TextField()
    reason = models.TextField("vì sao bỏ qua")
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    dismissed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "plan", "fingerprint"], name="finding_dismissed_once_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"
