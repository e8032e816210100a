"""Sending the digests: everybody once a day at most, one failure stops nobody else, a report at the end.

Safe to start twice at once: a digest is taken in hand by one row that changes, before it is sent.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Q
from django.utils.translation import gettext as _

from caitien.web.accounts.models import User
from caitien.web.reminders.digest import LEADERS, Digest, digest_of, message
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.schedule import is_owed
from caitien.web.reminders.school_work import school_work
from caitien.web.reminders.work import memberships_of, work_of

log = logging.getLogger("caitien.reminders")

AT_ONCE = 200  # users whose work is looked up together
GIVE_UP_AFTER = 3  # connections that fail one after the other: the mail server is not there
FOLDER_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@dataclass(slots=True)
class Report:
    """What became of a run. `failed`: (user name, sentence); `left`: not tried because the mail server was not there."""

    sent: list[str] = field(default_factory=list)
    nothing: int = 0
    not_today: int = 0
    off: int = 0
    no_email: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0
    folder: Path | None = None
    tried_only: bool = False

    def sentence(self) -> str:
        """ "Đã gửi 12, không có e-mail 8, lỗi 1: …"."""
        what = (
            _("Sẽ gửi %(n)d")
            if self.tried_only
            else _("Đã ghi vào thư mục %(n)d")
            if self.folder
            else _("Đã gửi %(n)d")
        ) % {"n": len(self.sent)}
        parts = [what]
        counted = (
            (_("chưa đến ngày gửi %(n)d"), self.not_today),
            (_("không có gì để nhắc %(n)d"), self.nothing),
            (_("không nhận thư %(n)d"), self.off),
            (_("không có e-mail %(n)d"), len(self.no_email)),
            (_("chưa gửi vì không nối được máy chủ thư %(n)d"), self.left),
            (_("lỗi %(n)d"), len(self.failed)),
        )
        parts += [words % {"n": number} for words, number in counted if number]
        said = ", ".join(parts)
        if self.failed:
            said += ": " + "; ".join(f"{name} ({why})" for name, why in self.failed)
        return f"{said}."


def mail_folder() -> Path | None:
    """The folder that letters are written to when no mail server is set; None when they are really sent."""
    return Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_BACKEND == FOLDER_BACKEND else None


def send_digests(today: date, *, only: str = "", try_only: bool = False) -> Report:
    """Sends every digest that is owed today. `only`: the name of one user. `try_only`: sends and records nothing."""
    report = Report(folder=mail_folder(), tried_only=try_only)
    post = _Post(report.folder is not None)
    try:
        for user, choice, digest in _digests(today, only):
            _one(user, choice, digest, today, report, post)
    finally:
        post.close()
    return report


def _one(user: Any, choice: ReminderChoice, digest: Digest, today: date, report: Report, post: _Post) -> None:
    if not digest:
        report.nothing += 1
    elif choice.digest == ReminderChoice.Digest.OFF:
        report.off += 1
    elif not user.email:
        report.no_email.append(user.username)
    elif not is_owed(choice.digest, choice.sent_on, today, digest.days_left):
        report.not_today += 1
    elif report.tried_only:
        report.sent.append(user.username)
    elif post.gave_up:
        report.left += 1
    elif not _take(choice, today):
        report.not_today += 1  # another run was quicker, or she said "no" a moment ago
    else:
        try:
            post.send(message(digest, choice.language, today))
        except Exception as error:  # one letter that fails stops nobody else's
            _give_back(choice)
            log.warning("no digest for %s", user.username, exc_info=True)
            report.failed.append((user.username, _why(error)))
        else:
            report.sent.append(user.username)


def _digests(today: date, only: str) -> Iterator[tuple[Any, ReminderChoice, Digest]]:
    """Users who belong to a school, with their choice and what there is to remind them of; a constant number of queries
    for every AT_ONCE of them."""
    users = User.objects.filter(is_active=True, memberships__isnull=False).order_by("pk").distinct()
    if only:
        users = users.filter(username=only)
    last: UUID | None = None
    while True:
        batch = list((users.filter(pk__gt=last) if last else users)[:AT_ONCE])
        if not batch:
            return
        last = batch[-1].pk
        keys = [user.pk for user in batch]
        choices = {choice.user_id: choice for choice in ReminderChoice.objects.filter(user__in=keys)}
        memberships = list(memberships_of(keys))
        work = work_of(memberships, today)
        led = {m.school_id: m.school for m in memberships if m.role in LEADERS}
        schools = school_work(led.values(), today)
        for user in batch:
            if user.pk in work:
                choice = choices.get(user.pk) or ReminderChoice(user=user)
                yield user, choice, digest_of(user, work[user.pk], schools)


def _take(choice: ReminderChoice, today: date) -> bool:
    """Takes the day's digest of a user in hand; False when it was taken already. Exactly one of several runs gets True."""
    ReminderChoice.objects.get_or_create(user_id=choice.user_id)
    before_today = Q(sent_on=None) | Q(sent_on__lt=today)
    mine = ReminderChoice.objects.filter(before_today, user=choice.user_id).exclude(digest=ReminderChoice.Digest.OFF)
    return mine.update(sent_on=today) == 1


def _give_back(choice: ReminderChoice) -> None:
    """A letter that could not be sent is owed still."""
    ReminderChoice.objects.filter(user=choice.user_id).update(sent_on=choice.sent_on)


def _why(error: Exception) -> str:
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _("máy chủ thư không nhận địa chỉ này")
        case smtplib.SMTPAuthenticationError():
            return _("máy chủ thư không nhận tên hoặc mật khẩu; xem CAITIEN_SMTP_USER, CAITIEN_SMTP_PASSWORD")
        case smtplib.SMTPException() | OSError():
            return _("không gửi được: %(error)s") % {"error": error}
    return _("lỗi của chương trình: %(error)s; xem nhật ký") % {"error": type(error).__name__}


class _Post:
    """The way to the mail server: one connection for all letters, opened again when it broke. A folder: a file a letter."""

    def __init__(self, to_folder: bool) -> None:
        self.to_folder = to_folder
        self.gave_up = False
        self._failures = 0
        self._connection: Any = None
        self._files: list[Any] = []

    def send(self, letter: Any) -> None:
        if self.to_folder:
            connection = get_connection()
            self._files.append(
                connection
            )  # its file is called after the object, whose place must not be given to the next
        else:
            connection = self._connection = self._connection or get_connection()
        letter.connection = connection
        try:
            if not self.to_folder:
                connection.open()  # and stays open; a file is opened and closed by the letter
            letter.send()
        except smtplib.SMTPRecipientsRefused:
            self.close()
            raise
        except (smtplib.SMTPException, OSError):
            self._failures += 1
            self.gave_up = self._failures >= GIVE_UP_AFTER
            self.close()
            raise
        self._failures = 0

    def close(self) -> None:
        if self._connection is not None:
            try:
                self._connection.close()
            except (smtplib.SMTPException, OSError):
                log.debug("the connection to the mail server was gone already")
        self._connection = None
