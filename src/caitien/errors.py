"""The one tree of errors: every message is a Vietnamese sentence that tells a school secretary what to do."""

from __future__ import annotations


class CaiTienError(Exception):
    """Something the user can mend. `str(error)` is one Vietnamese sentence: what is wrong, what to do."""


class ReadingError(CaiTienError):
    """A file that cannot be read as a plan. `code` is a stable word for tests and the API ("encrypted", …)."""

    code = "unreadable"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class PlanFormatError(CaiTienError):
    """A JSON that is not a plan value (`caitien.plan/1`)."""


class AssessmentFormatError(CaiTienError):
    """A JSON that is not a self-assessment (`caitien.assessment/1`)."""


class FrameworkError(CaiTienError):
    """A framework file that is malformed, or a framework id that does not exist."""


class WritingError(CaiTienError):
    """A document that cannot be written: unknown form, unknown format, no place to write."""
