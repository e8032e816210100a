"""What is doubtful in a self-assessment: a finding is one Vietnamese sentence with the place it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from caitien.plan.model import Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a self-assessment: only the parts that apply are set.

    `field`: of the record ("description", "trend", "weaknesses[0].text"); `start`, `end`: letters of that text.
    `evidence`: index in `SelfAssessment.evidence` (0 is the first). `table`, `row`, `column`: ids of school data.
    """

    criterion: str | None = None
    level: int | None = None
    standard: str | None = None
    field: str | None = None
    start: int | None = None
    end: int | None = None
    evidence: int | None = None
    code: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule`: a stable id ("cited-but-missing"); `message`: one sentence: what is wrong, where; `quote`: words concerned."""

    rule: str
    severity: Severity
    message: str
    place: Place = field(default_factory=Place)
    quote: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; the parts of the place that do not apply are left out."""
        place = {name: value for name, value in asdict(self.place).items() if value is not None}
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "place": place,
            "quote": self.quote,
        }


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many there are of each severity."""
    numbers: dict[str, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        numbers[finding.severity] += 1
    return numbers
