"""What is wrong with a file: one problem is a file, a line, a field and a Vietnamese sentence."""

from __future__ import annotations

from dataclasses import dataclass

from caitien.errors import FrameworkError


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1; `field` is the way to the value: "standards[0].criteria[2].code"."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, dòng {self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class FrameworkFileError(FrameworkError):
    """A framework file that is refused. `problems` has every mistake found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0))
        more = f" (và {len(problems) - 1} lỗi khác)" if len(problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


class UnknownFramework(FrameworkError):
    """There is no framework with this id. `nearest` is the id that was probably meant."""

    def __init__(self, framework_id: str, nearest: str | None) -> None:
        self.framework_id, self.nearest = framework_id, nearest
        hint = f"Có phải “{nearest}”?" if nearest else "Xem danh sách bằng lệnh: caitien standards"
        super().__init__(f"Không có khung tiêu chuẩn “{framework_id}”. {hint}")


class JudgementError(FrameworkError):
    """Judgements that do not fit their framework. `str(error)` says which criterion, and what may stand there."""
