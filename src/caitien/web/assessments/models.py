"""The self-assessment of a school year: council, criterion reviews with judgements, standards, weaknesses, school data.

The rows hold all that the value (`caitien.assessment.model.SelfAssessment`) holds: see `values.py`. The school's level is
never stored. That "met" has a text and verified evidence behind it is held by the database itself (`guards.py`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from simple_history.models import HistoricalRecords

from caitien.web.batches import Batched
from caitien.web.evidence.models import Evidence, PresentRows
from caitien.web.ids import new_id
from caitien.web.plans.models import Issue
from caitien.web.schools.models import Person, SchoolYear
from caitien.web.schools.owned import SchoolOwned, SchoolOwnedQuerySet

USER = settings.AUTH_USER_MODEL


class StandingAssessments(models.Manager.from_queryset(SchoolOwnedQuerySet)):
    """The self-assessment of each year: not those that were set aside for one under another framework."""

    def get_queryset(self) -> SchoolOwnedQuerySet:
        return super().get_queryset().exclude(state="set_aside")


class Assessment(SchoolOwned):
    """Tự đánh giá of a school for a school year. `head`: the parts of the value that are words of the whole report
    (document, legal_bases, overview, conclusion, abbreviations) and the decision on the council (council_decision)."""

    class State(models.TextChoices):
        WORKING = "working", gettext_lazy("đang làm")
        APPROVED = "approved", pgettext_lazy("báo cáo", "đã phê duyệt")
        PUBLISHED = "published", gettext_lazy("đã công khai")
        SET_ASIDE = "set_aside", gettext_lazy("đã để sang bên")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="assessments")
    framework = models.CharField("khung tiêu chuẩn", max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)
    head = models.JSONField(default=dict, blank=True)
    dates = models.JSONField(default=dict, blank=True)  # event of the legal calendar -> the school's own last day (ISO)
    dates_done = models.JSONField(default=dict, blank=True)  # event -> the day on which it was done
    approved_value = models.JSONField(null=True, blank=True)  # the whole value as it was approved
    tables_level = models.CharField("bảng số liệu của cấp học", max_length=12, blank=True)  # "": the school's own level
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    objects = StandingAssessments()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["-year__name", "-created_at"]
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"], condition=~models.Q(state="set_aside"), name="one_assessment_a_year"
            )
        ]

    def __str__(self) -> str:
        return gettext("Tự đánh giá %(year)s") % {"year": self.year}


class CouncilMember(SchoolOwned):
    """Thành viên hội đồng tự đánh giá. `name` as printed; `person`: whom it means."""

    class Role(models.TextChoices):
        CHAIR = "chair", gettext_lazy("Chủ tịch hội đồng")
        VICE_CHAIR = "vice_chair", gettext_lazy("Phó Chủ tịch hội đồng")
        SECRETARY = "secretary", gettext_lazy("Thư ký hội đồng")
        MEMBER = "member", gettext_lazy("Ủy viên hội đồng")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="members")
    position = models.BigIntegerField(default=0)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField("họ và tên", max_length=200)
    post = models.CharField("chức vụ", max_length=200, blank=True)
    role = models.CharField("nhiệm vụ trong hội đồng", max_length=12, choices=Role.choices, default=Role.MEMBER)
    gender = models.CharField("giới tính", max_length=20, blank=True)
    tasks = models.JSONField("việc được giao", default=list, blank=True)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["school", "assessment", "position"], name="members_of_council")]

    def __str__(self) -> str:
        return self.name


class WorkingGroup(SchoolOwned):
    """Nhóm thư ký, nhóm công tác: its people as printed names, the criteria it writes as codes."""

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", gettext_lazy("Nhóm thư ký")
        WORKING = "working", gettext_lazy("Nhóm công tác")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="groups")
    position = models.BigIntegerField(default=0)
    name = models.CharField("tên nhóm", max_length=200)
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.WORKING)
    leader = models.CharField("nhóm trưởng", max_length=200, blank=True)
    members = models.JSONField("thành viên", default=list, blank=True)
    criteria = models.JSONField("tiêu chí", default=list, blank=True)
    tasks = models.JSONField("nhiệm vụ", default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["school", "assessment", "position"], name="groups_of_council")]

    def __str__(self) -> str:
        return self.name


class StandardReview(SchoolOwned):
    """Đánh giá chung of a standard. Made with the assessment, one for each standard of the framework."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="standards")
    code = models.CharField("tiêu chuẩn", max_length=20)
    position = models.PositiveIntegerField(default=0)
    opening = models.TextField("mở đầu", blank=True)
    strengths = models.JSONField("điểm mạnh", default=list, blank=True)
    trend = models.TextField("xu hướng 03 năm học", blank=True)
    priorities = models.JSONField("vấn đề ưu tiên cải tiến", default=list, blank=True)
    conclusion = models.TextField("kết luận", blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["school", "assessment", "code"], name="one_review_a_standard")]

    def __str__(self) -> str:
        return gettext("Tiêu chuẩn %(code)s") % {"code": self.code}


class CriterionReview(SchoolOwned):
    """Phiếu đánh giá tiêu chí. Made with the assessment, one for each criterion of the framework, items of Level 4 too."""

    class State(models.TextChoices):
        WRITING = "writing", gettext_lazy("đang viết")
        SUBMITTED = "submitted", gettext_lazy("đã nộp")
        RETURNED = "returned", gettext_lazy("trả lại")
        APPROVED = "approved", pgettext_lazy("phiếu đánh giá", "đã duyệt")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField("tiêu chí", max_length=20)
    standard = models.CharField("tiêu chuẩn", max_length=20, blank=True)  # "" for items of Level 4
    position = models.PositiveIntegerField(default=0)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.WRITING)
    writers = models.JSONField("người viết", default=list, blank=True)  # names as printed
    requirements = models.JSONField(default=list, blank=True)  # RequirementReview: [{code, judged, note}]
    strengths = models.JSONField("điểm mạnh", default=list, blank=True)  # frameworks of 2018
    improvement = models.TextField("kế hoạch cải tiến", blank=True)  # frameworks of 2018
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["school", "assessment", "code"], name="one_review_a_criterion")]

    def __str__(self) -> str:
        return gettext("Tiêu chí %(code)s") % {"code": self.code}


class LevelReview(SchoolOwned):
    """Hiện trạng, kết quả of a criterion at a level, and the judgement: "" is "not judged", which is not "not met".

    `framework` and `criterion` repeat what the assessment and the review say, for the guard in the database.
    """

    class Judged(models.TextChoices):
        MET = "met", gettext_lazy("Đạt")
        NOT_MET = "not_met", gettext_lazy("Không đạt")

    review = models.ForeignKey(CriterionReview, on_delete=models.CASCADE, related_name="levels")
    framework = models.CharField(max_length=80)
    criterion = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    description = models.TextField("hiện trạng, kết quả", blank=True)
    judged = models.CharField("đánh giá", max_length=8, choices=Judged.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(fields=["school", "review", "level"], name="one_review_a_level"),
            models.CheckConstraint(
                condition=~models.Q(judged="met") | ~models.Q(description=""), name="met_needs_a_text"
            ),
        ]
        indexes = [models.Index(fields=["school", "framework", "criterion", "judged"], name="judgements_of_criterion")]

    def __str__(self) -> str:
        return gettext("Tiêu chí %(code)s, Mức %(level)s") % {"code": self.criterion, "level": self.level}


class Weakness(SchoolOwned):
    """Hạn chế, điểm yếu: of a standard (Thông tư 57/2026) or of a criterion (2018). `issue`: what of the plan answers it."""

    class Priority(models.TextChoices):
        HIGH = "high", gettext_lazy("ưu tiên cao")
        MEDIUM = "medium", gettext_lazy("ưu tiên vừa")
        LOW = "low", gettext_lazy("ưu tiên thấp")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="weaknesses")
    standard = models.CharField("tiêu chuẩn", max_length=20, blank=True)
    criterion = models.CharField("tiêu chí", max_length=20, blank=True)  # whose sheet it stands on, 2018
    criteria = models.JSONField("tiêu chí liên quan", default=list, blank=True)
    position = models.BigIntegerField(default=0)
    text = models.TextField("hạn chế, điểm yếu")
    cause = models.TextField("nguyên nhân", blank=True)
    priority = models.CharField("mức ưu tiên", max_length=8, choices=Priority.choices, blank=True)
    issue = models.ForeignKey(Issue, on_delete=models.SET_NULL, null=True, blank=True, related_name="weaknesses")
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    objects = PresentRows()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["position", "id"]
        base_manager_name = "everything"
        indexes = [models.Index(fields=["school", "assessment", "position"], name="weaknesses_of_assessment")]

    def __str__(self) -> str:
        return self.text[:80]


class SchoolTable(SchoolOwned):
    """The typed numbers of one table of school data (`caitien.assessment.model.TableData`)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="tables")
    table = models.CharField(max_length=80)
    cells = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    source = models.TextField("nguồn số liệu", blank=True)
    as_of = models.CharField("số liệu đến ngày", max_length=10, blank=True)  # ISO day
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    history = HistoricalRecords(history_id_field=models.UUIDField(default=new_id), bases=[Batched])

    class Meta:
        ordering = ["table"]
        constraints = [models.UniqueConstraint(fields=["school", "assessment", "table"], name="table_once_a_year")]

    def __str__(self) -> str:
        return self.table


class ReviewComment(SchoolOwned):
    """What somebody said about a criterion. One taken back stays as an empty place with its author and its day."""

    review = models.ForeignKey(CriterionReview, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField("lời trao đổi")
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["school", "review", "created_at"], name="comments_of_review")]

    def __str__(self) -> str:
        return self.text[:80]


class AssessmentEvent(SchoolOwned):
    """A step in the life of an assessment, or of one criterion of it: who, when, with what words. Steps are only added."""

    class Kind(models.TextChoices):
        CREATED = "created", gettext_lazy("lập bản tự đánh giá")
        SUBMITTED = "submitted", gettext_lazy("nộp phiếu")
        WITHDRAWN = "withdrawn", gettext_lazy("rút lại")
        RETURNED = "returned", gettext_lazy("trả lại")
        APPROVED = "approved", gettext_lazy("duyệt phiếu")
        REPORT_APPROVED = "report_approved", gettext_lazy("phê duyệt báo cáo")
        REPORT_PUBLISHED = "report_published", gettext_lazy("công khai báo cáo")
        REPORT_REOPENED = "report_reopened", gettext_lazy("mở lại báo cáo")
        DATE_CHANGED = "date_changed", gettext_lazy("đổi mốc thời gian")
        DATE_DONE = "date_done", gettext_lazy("xong một mốc")
        FRAMEWORK_CHANGED = "framework_changed", gettext_lazy("đổi khung tiêu chuẩn")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="events")
    review = models.ForeignKey(CriterionReview, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "assessment", "at"], name="events_of_assessment")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d/%m/%Y}"


class ReportCitation(SchoolOwned):
    """That an approved report cites an evidence: as long as it does, the evidence is not taken away."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="citations")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="cited_in")
    places = models.JSONField(default=list, blank=True)  # "Tiêu chí 1.3, Mức 1"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "assessment", "evidence"], name="evidence_cited_once_a_report")
        ]
        indexes = [models.Index(fields=["school", "evidence"], name="reports_citing_evidence")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.evidence_id}"
