"""Plans, issues, actions, who is involved in them, what is reported and said about them, what became of the plan.

The rows hold all that the plan value (`caitien.plan`) holds, so that a value stored is a value got back: see `values.py`.
"""

# Null is "not known" in the plan value and differs from "printed, and empty":
# ruff: noqa: DJ001

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from simple_history.models import HistoricalRecords

from caitien.web.ids import new_id
from caitien.web.schools.models import Person, SchoolYear
from caitien.web.schools.owned import SchoolOwned, SchoolOwnedQuerySet

POSITION_STEP = 1024
"""Between two rows, so that a row can be put between them and no other row changes."""


def photo_path(photo: ProgressPhoto, name: str) -> str:
    """Where a photograph is kept: by school and content, never by the name it was sent with."""
    return f"photos/{photo.school_id}/{photo.sha256}"


class ChangeFields(models.Model):
    """What a line of history knows besides who and when: which other lines were made with it, under which amendment."""

    batch = models.UUIDField(null=True, blank=True, db_index=True)
    amendment = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        abstract = True


class PresentRows(models.Manager.from_queryset(SchoolOwnedQuerySet)):
    """The rows that were not taken away. A row taken away stays in the table, so that it can come back with all it had."""

    def get_queryset(self) -> SchoolOwnedQuerySet:
        return super().get_queryset().filter(removed_at__isnull=True)


class Plan(SchoolOwned):
    """Kế hoạch cải tiến chất lượng of a school for a school year. `head`: every field of the plan value but its actions."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("bản nháp")
        SUBMITTED = "submitted", gettext_lazy("chờ duyệt")
        APPROVED = "approved", gettext_lazy("đã duyệt")
        IN_FORCE = "in_force", pgettext_lazy("kế hoạch", "đang thực hiện")
        CLOSED = "closed", gettext_lazy("đã kết thúc")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    title = models.TextField("tên kế hoạch", null=True, blank=True)
    framework = models.TextField("khung tiêu chuẩn", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    head = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    to_decide = models.JSONField(default=list, blank=True)  # what people have to settle in a plan made from last year's
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[ChangeFields])

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["school", "-created_at"], name="plans_of_school")]

    def __str__(self) -> str:
        return self.title or (gettext("Kế hoạch cải tiến chất lượng %(year)s") % {"year": self.year or ""}).strip()


class Issue(SchoolOwned):
    """Vấn đề trọng tâm of a plan: the weakness that actions answer (section IV of Biểu 2, Thông tư 57/2026)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="issues")
    position = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    number = models.JSONField("số thứ tự", null=True, blank=True)
    standard = models.TextField("tiêu chuẩn", null=True, blank=True)
    criteria = models.JSONField("tiêu chí", default=list, blank=True)
    current_state = models.TextField("hiện trạng", null=True, blank=True)
    weakness = models.TextField("điểm hạn chế", null=True, blank=True)
    cause = models.TextField("nguyên nhân", null=True, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[ChangeFields])

    objects = PresentRows()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["position", "id"]
        base_manager_name = "everything"
        indexes = [models.Index(fields=["school", "plan", "position"], name="issues_of_plan")]

    def __str__(self) -> str:
        return self.weakness or self.current_state or gettext("Vấn đề chưa có nội dung")


class Action(SchoolOwned):
    """One row of the plan. Text is as printed; what is derived from it (dates, money) stands beside it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    issue = models.ForeignKey(Issue, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="continued_by")
    removed_at = models.DateTimeField(null=True, blank=True)
    position = models.BigIntegerField()  # rows in order; POSITION_STEP between neighbours at first
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
    measures_done = models.JSONField("biện pháp đã làm", default=list, blank=True)
    indicators = models.JSONField("chỉ số đánh giá kết quả", default=list, blank=True)
    indicator_values = models.JSONField("giá trị của chỉ số", default=list, blank=True)
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
    budget_lines = models.JSONField("các khoản kinh phí", default=list, blank=True)
    expected_evidence = models.JSONField("minh chứng, sản phẩm dự kiến", default=list, blank=True)
    evidence_at_hand = models.JSONField("minh chứng đã có", default=list, blank=True)
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
        history_id_field=models.UUIDField(default=new_id),
        excluded_fields=["provenance", "alternatives"],
        bases=[ChangeFields],
    )

    objects = PresentRows()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["position", "id"]
        base_manager_name = "everything"
        indexes = [
            models.Index(fields=["school", "plan", "position"], name="actions_of_plan"),
            models.Index(fields=["school", "ends_on"], name="actions_by_deadline"),
        ]

    def __str__(self) -> str:
        return " ".join([*self.criteria, self.content or self.weakness or ""]).strip() or gettext(
            "Mục chưa có nội dung"
        )


class Involvement(SchoolOwned):
    """That a person has a part in an action. Derived from the printed names, which stay as they are in the action."""

    class Part(models.TextChoices):
        RESPONSIBLE = "responsible", gettext_lazy("phụ trách")
        COLLABORATOR = "collaborator", gettext_lazy("phối hợp")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="involvements")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="involvements")
    part = models.CharField(max_length=12, choices=Part.choices)
    text = models.TextField()  # the name as the action prints it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "action", "person", "part"], name="involved_once_in_an_action_and_part"
            )
        ]
        indexes = [models.Index(fields=["school", "person"], name="involvements_of_person")]

    def __str__(self) -> str:
        return f"{self.text} · {self.get_part_display()}"


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


class ProgressPhoto(SchoolOwned):
    """A photograph that came with a progress entry: made smaller, without where and with what it was taken."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="photos")
    content = models.FileField(upload_to=photo_path, max_length=300)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    name = models.CharField(max_length=255, blank=True)  # as it was sent
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["school", "entry"], name="photos_of_entry")]

    def __str__(self) -> str:
        return self.name or f"{self.width} × {self.height}"


class Comment(SchoolOwned):
    """What somebody said about an action. One taken back stays as an empty place with its author and its day."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField("lời trao đổi")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id))

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["school", "action", "created_at"], name="comments_of_action")]

    def __str__(self) -> str:
        return self.text[:80]


class Amendment(SchoolOwned):
    """Một lần điều chỉnh of an approved plan: why, from when to when. What changed meanwhile is in the history."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField()  # 1 is the first of the plan
    reason = models.TextField("lý do điều chỉnh")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "plan", "number"], name="amendment_number_once_a_plan")
        ]

    def __str__(self) -> str:
        return gettext("Điều chỉnh lần %(number)s") % {"number": self.number}


class PlanEvent(SchoolOwned):
    """A step in the life of a plan: who took it, when, with what words. Steps are only added."""

    class Kind(models.TextChoices):
        CREATED = "created", gettext_lazy("lập kế hoạch")
        SUBMITTED = "submitted", gettext_lazy("trình duyệt")
        WITHDRAWN = "withdrawn", gettext_lazy("rút lại")
        RETURNED = "returned", gettext_lazy("trả lại")
        APPROVED = "approved", gettext_lazy("duyệt")
        PUT_IN_FORCE = "put_in_force", gettext_lazy("ban hành, bắt đầu thực hiện")
        CLOSED = "closed", gettext_lazy("kết thúc")
        REOPENED = "reopened", gettext_lazy("mở lại")
        AMENDMENT_OPENED = "amendment_opened", gettext_lazy("mở đợt điều chỉnh")
        AMENDMENT_CLOSED = "amendment_closed", gettext_lazy("xong đợt điều chỉnh")
        RESTORED = "restored", gettext_lazy("khôi phục bản cũ")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "plan", "at"], name="events_of_plan")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d/%m/%Y}"


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
