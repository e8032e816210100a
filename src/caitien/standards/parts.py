"""What every part of a framework is made of: the frozen base, codes, texts, and the marks of how sure a fact is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Mark = Literal["confirmed", "single", "conflict", "inferred", "recalled", "proposed", "gap"]
"""How sure a fact is. See MARK_WORDS for the meaning of each."""

MARK_WORDS: dict[str, str] = {
    "confirmed": "từ hai nguồn độc lập",
    "single": "từ một nguồn",
    "conflict": "các nguồn mâu thuẫn",
    "inferred": "suy ra từ dữ kiện khác",
    "recalled": "theo hiểu biết chung, chưa đối chiếu văn bản",
    "proposed": "đề xuất của Cải Tiến",
    "gap": "chưa tìm thấy",
}

Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
FrameworkId = Annotated[str, Field(min_length=3, max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
LevelNumber = Annotated[int, Field(ge=1, le=9)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Points = Annotated[int | float, Field(ge=0, le=100_000, allow_inf_nan=False)]


class Part(BaseModel):
    """Base of every part: frozen, and a field that the schema does not have is refused (it is a slip of the pen)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(Part):
    """Where points begin to be enough: `start` counts itself ("từ 50"), `above` does not ("trên 75")."""

    start: Points | None = None
    above: Points | None = None

    def holds(self, points: float) -> bool:
        return (self.start is None or points >= self.start) and (self.above is None or points > self.above)

    @property
    def words(self) -> str:
        """ "từ 50", "trên 75"."""
        said = [f"từ {self.start:g}"] if self.start is not None else []
        return ", ".join([*said, f"trên {self.above:g}"] if self.above is not None else said)
