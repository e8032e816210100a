"""One run of the reminders as an administrator sees it: what became of it, and what is not set, in plain sentences."""

from __future__ import annotations

from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from caitien.errors import CaiTienError
from caitien.web.jobs.sweeping import clear_what_jobs_left
from caitien.web.reminders.addresses import site
from caitien.web.reminders.sending import send_digests


class NotPreparedError(CaiTienError):
    """The database is not there, or of another version."""


def run(*, only: str = "", try_only: bool = False) -> tuple[list[str], bool]:
    """The lines to print, and whether every letter that was owed was sent. Raises NotPreparedError."""
    with translation.override("vi"):
        try:
            report = send_digests(timezone.localdate(), only=only, try_only=try_only)
        except DatabaseError as error:
            raise NotPreparedError(
                f"Không đọc được cơ sở dữ liệu ({error}). Hãy chạy `caitien serve` một lần để chuẩn bị, và xem biến CAITIEN_DATA."
            ) from None
        lines = [report.sentence()]
        if try_only:
            lines += [f"  {name}" for name in report.sent]
        if report.no_email:
            lines.append(
                _(
                    "Người không có e-mail: %(names)s. Thư ký có thể in hoặc chép danh sách ở trang “Danh sách nhắc việc”."
                )
                % {"names": ", ".join(report.no_email)}
            )
        if report.folder is not None:
            lines.append(
                _(
                    "Chưa cấu hình máy chủ thư (CAITIEN_SMTP_HOST) nên KHÔNG có thư nào được gửi đi; thư nằm ở thư mục %(folder)s."
                )
                % {"folder": report.folder}
            )
        if not site():
            lines.append(
                _(
                    "Chưa đặt CAITIEN_URL (ví dụ https://caitien.truong.edu.vn) nên thư không có đường dẫn và không có nút thôi nhận."
                )
            )
        if not try_only:
            clear_what_jobs_left()
    return lines, not (report.failed or report.left)
