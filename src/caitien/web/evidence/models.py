"""Evidence: what it is, its files and links, the codes it has had, what it is used for, who verified and who opened it.

One evidence has one code for life and serves many criteria. The same content is kept once a school. Nothing is deleted
that a report may stand on: evidence and its files are taken away (`removed_at`), codes stay in the ledger for ever.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from caitien.web.batches import Batched
from caitien.web.evidence.name_order import name_order
from caitien.web.ids import new_id
from caitien.web.schools.owned import SchoolOwned, SchoolOwnedQuerySet

USER = settings.AUTH_USER_MODEL
PRESENT = models.Q(removed_at__isnull=True)


def file_path(file: StoredFile, name: str) -> str:
    """Where content is kept: by school and hash, never by the name it was sent with."""
    return f"evidence/{file.school_id}/{file.sha256[:2]}/{file.sha256}"


class PresentRows(models.Manager.from_queryset(SchoolOwnedQuerySet)):
    """The rows that were not taken away."""

    def get_queryset(self) -> SchoolOwnedQuerySet:
        return super().get_queryset().filter(removed_at__isnull=True)


class NameOrder(models.CharField):
    """Digits that sort as a Vietnamese dictionary sorts the evidence's name, in every database and locale."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        order = name_order(getattr(model_instance, "name", ""))
        setattr(model_instance, self.attname, order)
        return order


class StoredFile(SchoolOwned):
    """Content, once a school. What it is was decided by looking into it (`kinds.py`), never by its name."""

    class Scan(models.TextChoices):
        NOT_ASKED = "not_asked", _("không quét")
        WAITING = "waiting", _("chờ quét")
        CLEAN = "clean", _("không có mã độc")
        INFECTED = "infected", _("có mã độc")

    class Words(models.TextChoices):
        WAITING = "waiting", _("chưa đọc chữ")
        READ = "read", _("đã đọc chữ")
        RECOGNISED = "recognised", _("đã nhận dạng chữ trong ảnh")
        NONE = "none", _("không có chữ")
        FAILED = "failed", _("không đọc được")

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    kind = models.CharField(max_length=16)  # of `kinds.py`: "pdf", "docx", "jpeg"
    content_type = models.CharField(max_length=120)  # decided by us
    content = models.FileField(upload_to=file_path, max_length=300)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.NOT_ASKED)
    scan_note = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)  # the words inside, as they are
    text_state = models.CharField(max_length=12, choices=Words.choices, default=Words.WAITING)
    text_note = models.TextField(blank=True)  # what of it was not read, and what to do: sentences
    text_code = models.CharField(max_length=24, blank=True)  # why, for the program: of `reading.words.FileWords.code`
    pages = models.PositiveIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "sha256"], name="content_once_a_school")]
        indexes = [models.Index(fields=["school", "text_state"], name="files_to_be_read")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Evidence(SchoolOwned):
    """Một minh chứng. `code`: the one it has now; every code it ever had is in `EvidenceCode`."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("chờ xác nhận")
        VERIFIED = "verified", pgettext_lazy("minh chứng", "đã xác nhận")
        REJECTED = "rejected", _("bị từ chối")
        EXPIRED = "expired", _("hết hiệu lực")
        REPLACED = "replaced", _("đã được thay thế")

    code = models.CharField("mã", max_length=40, blank=True)
    code_order = models.CharField(max_length=60, blank=True)  # sorts as numbers do: see `codes.order_of`
    name = models.TextField("tên minh chứng")
    name_order = NameOrder(max_length=200, blank=True, editable=False)
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)
    date = models.CharField("ngày ban hành", max_length=60, blank=True)  # ISO day, or as written
    issuer = models.CharField("nơi ban hành", max_length=300, blank=True)
    summary = models.TextField("trích yếu", blank=True)
    place = models.TextField("nơi lưu", blank=True)  # where the paper is kept: "Hộp 3, phòng văn thư"
    note = models.TextField("ghi chú", blank=True)
    box = models.CharField("hộp", max_length=10, blank=True)  # of codes with boxes: [H1-1.1-01]
    valid_until = models.DateField("có hiệu lực đến", null=True, blank=True)
    sensitive = models.BooleanField("có thông tin cần giữ kín", default=False)
    state = models.CharField("tình trạng", max_length=12, choices=State.choices, default=State.SUBMITTED)
    state_note = models.TextField(blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords(
        history_id_field=models.UUIDField(default=new_id), bases=[Batched], excluded_fields=["name_order"]
    )

    objects = PresentRows()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["code_order", "created_at", "id"]
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code"], condition=~models.Q(code=""), name="evidence_code_once_a_school"
            )
        ]
        indexes = [
            # of present rows only, so that counting and turning pages never look at the rows themselves
            models.Index(
                fields=["school", "code_order", "created_at", "id"], name="evidence_in_order", condition=PRESENT
            ),
            models.Index(fields=["school", "state", "created_at", "id"], name="evidence_by_state", condition=PRESENT),
            models.Index(fields=["school", "-created_at", "-id"], name="evidence_newest", condition=PRESENT),
            models.Index(fields=["school", "name_order", "id"], name="evidence_by_name", condition=PRESENT),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class EvidenceCode(SchoolOwned):
    """The ledger: every code that was ever given, or taken from an old list. No code is given twice, not even after years.

    `series`: "" for codes that the system gives; the name of an old list ("2024-2025") for its codes, which schools used
    again each year for other things.
    """

    code = models.CharField(max_length=40)
    series = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, related_name="codes")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["school", "series", "code"], name="code_given_once_a_series")]
        indexes = [models.Index(fields=["school", "evidence"], name="codes_of_evidence")]

    def __str__(self) -> str:
        return self.code


class Attachment(SchoolOwned):
    """A file or a link of an evidence. A newer version points at the one that it replaces, which stays."""

    class Reach(models.TextChoices):
        UNKNOWN = "", _("chưa kiểm tra")
        OPEN = "open", _("mở được")
        SIGN_IN = "sign_in", _("cần đăng nhập mới mở được")
        GONE = "gone", _("không tìm thấy")
        NO_ANSWER = "no_answer", _("không kết nối được")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField("tên tệp", max_length=255)  # as it was sent, cleaned; of a link: what one calls it
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments")
    url = models.URLField("đường dẫn", max_length=2000, blank=True)
    reach = models.CharField(max_length=12, choices=Reach.choices, default=Reach.UNKNOWN, blank=True)
    reach_note = models.CharField(max_length=300, blank=True)
    reach_checked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # 1, 2, 3 of the same paper
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="newer")
    superseded_at = models.DateTimeField(null=True, blank=True)  # when a newer version came
    added_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PresentRows()
    everything = models.Manager.from_queryset(SchoolOwnedQuerySet)()

    class Meta:
        ordering = ["position", "added_at", "id"]
        base_manager_name = "everything"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, url="") | (models.Q(file__isnull=True) & ~models.Q(url="")),
                name="attachment_is_file_or_link",
            )
        ]
        indexes = [models.Index(fields=["school", "evidence"], name="attachments_of_evidence")]

    def __str__(self) -> str:
        return self.name


class EvidenceUse(SchoolOwned):
    """That an evidence serves a criterion of a framework; or is offered to it, and somebody has to say."""

    class State(models.TextChoices):
        USED = "used", _("đang dùng")
        OFFERED = "offered", _("được gợi ý")
        DECLINED = "declined", _("không dùng")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="uses")
    framework = models.CharField(max_length=80)
    criterion = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.USED)
    by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["framework", "criterion", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "evidence", "framework", "criterion"], name="evidence_once_a_criterion"
            )
        ]
        indexes = [models.Index(fields=["school", "framework", "criterion"], name="evidence_of_criterion")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.criterion}"


class ActionEvidence(SchoolOwned):
    """That an evidence proves an action of a plan; `text`: which of its expected evidence it is, as printed ("" none)."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="for_actions")
    action = models.ForeignKey("plans.Action", on_delete=models.CASCADE, related_name="evidence")
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["school", "evidence", "action"], name="evidence_once_an_action")]
        indexes = [models.Index(fields=["school", "action"], name="evidence_of_action")]

    def __str__(self) -> str:
        return self.text or str(self.action_id)


class EvidenceEvent(SchoolOwned):
    """A step in the life of an evidence: who, when, why. Steps are only added."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("nộp")
        FILE_ADDED = "file_added", _("thêm tệp")
        NEW_VERSION = "new_version", _("thêm bản mới")
        FILE_REMOVED = "file_removed", _("bỏ tệp")
        VERIFIED = "verified", _("xác nhận")
        REJECTED = "rejected", _("từ chối")
        EXPIRED = "expired", _("hết hiệu lực")
        REPLACED = "replaced", _("được thay thế")
        BACK = "back", _("đưa về chờ xác nhận")
        REMOVED = "removed", _("bỏ khỏi danh sách")
        RESTORED = "restored", _("lấy lại")
        CODED = "coded", _("cấp mã")
        MERGED = "merged", _("gộp")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "evidence", "at"], name="events_of_evidence")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d/%m/%Y}"


class SearchPiece(SchoolOwned):
    """A part of what can be searched of an evidence. Its words are in the index of the database (`search_tables.py`).

    Each piece has all that is written about the evidence, and a part of one of its files, or none (`attachment` null).
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(default=0)  # where it begins in the text of the file, in letters
    length = models.PositiveIntegerField(default=0)
    page = models.PositiveIntegerField(null=True)  # on which page it begins; null when the text has no pages
    place = models.BigIntegerField()  # the row of SQLite's full-text table

    class Meta:
        ordering = ["evidence", "number"]
        indexes = [
            models.Index(fields=["school", "evidence"], name="pieces_of_evidence"),
            models.Index(fields=["place", "school", "evidence"], name="pieces_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}/{self.number}"


class Opening(SchoolOwned):
    """That somebody opened or took a file marked sensitive. Lines are only added."""

    class What(models.TextChoices):
        VIEW = "view", _("xem")
        DOWNLOAD = "download", _("tải về")
        PACK = "pack", _("đưa vào gói")
        TEXT = "text", _("xem chữ trong tệp")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="openings")
    attachment = models.ForeignKey(Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=60, blank=True)  # of the network

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "evidence", "-at"], name="openings_of_evidence")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%d/%m/%Y}"


class Upload(SchoolOwned):
    """A file on its way, piece by piece. What has arrived lies in the data folder until it is whole, or a week old."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", _("đang gửi")
        DONE = "done", _("đã nhận")
        REFUSED = "refused", _("không nhận")

    name = models.CharField(max_length=255)  # cleaned
    size = models.PositiveBigIntegerField()  # bytes, as said by the sender
    received = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNDER_WAY)
    refusal = models.TextField(blank=True)  # the sentence
    purpose = models.JSONField(
        default=dict, blank=True
    )  # {"criterion", "framework", "action", "text", "evidence", "replaces"}
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["school", "by", "state"], name="uploads_of_user")]

    def __str__(self) -> str:
        return self.name


class ListImport(SchoolOwned):
    """A list of evidence out of a file, from its reading until somebody takes it in or throws it away.

    `entries`, `findings`: as read; `series`: which old list it is ("2024-2025"), by which its codes that are not taken
    over are known; `made`: line -> key of its evidence, so that taking in can go on where it was stopped.
    """

    class State(models.TextChoices):
        REVIEW = "review", _("chờ duyệt")
        DONE = "done", _("đã đưa vào")
        DISCARDED = "discarded", _("đã bỏ")

    name = models.CharField(max_length=255)  # of the file, cleaned
    framework = models.CharField(max_length=80)
    series = models.CharField("danh mục của năm", max_length=40, blank=True)
    entries = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    chosen = models.JSONField(default=list, blank=True)  # places of lines that are taken in
    made = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REVIEW)
    created_by = models.ForeignKey(USER, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["school", "-created_at"], name="list_imports_newest")]

    def __str__(self) -> str:
        return self.name
