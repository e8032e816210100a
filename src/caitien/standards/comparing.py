"""Two frameworks side by side: an amended version with its base by code, an old circular with a new one by the crosswalk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from caitien.standards.crosswalks import LIKENESS_WORDS, crosswalk
from caitien.standards.model import Criterion, Framework
from caitien.standards.official import same_title

Change = Literal["same", "changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One criterion of each side. `change` "moved": by the crosswalk, which is a proposal; `words`: in Vietnamese."""

    old: str | None
    old_title: str | None
    new: str | None
    new_title: str | None
    change: Change
    words: str

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def compare(old: Framework, new: Framework) -> tuple[ComparedRow, ...]:
    """Rows in the order of the old framework, then what only the new one has."""
    way = crosswalk(old.id, new.id)
    if way is None:
        return tuple(_by_code(old, new))
    rows = []
    for code in old.codes:
        move = way.move(code)
        for target in sorted(move.new, key=lambda t: not t.main) if move else ():
            likeness = LIKENESS_WORDS[move.likeness].partition(":")[0] if move else ""
            role = "chính" if target.main else "phụ"
            said = f"chuyển sang ({role}), giống {likeness}: {move.reason if move else ''}"
            rows.append(_row(old.criterion(code), new.criterion(target.code), "moved", said))
        if move is None or not move.new:
            rows.append(_row(old.criterion(code), None, "removed", "không còn tiêu chí tương ứng"))
    reached = {row.new for row in rows}
    rows += [_row(None, new.criterion(c), "added", "mới") for c in new.codes if c not in reached]
    return tuple(rows)


def _by_code(old: Framework, new: Framework) -> Iterator[ComparedRow]:
    for code in old.codes:
        before, after = old.criterion(code), new.criterion(code)
        if before is None or after is None:
            yield _row(before, after, "removed", "không còn")
            continue
        words = _differences(before, after)
        yield _row(before, after, "changed" if words else "same", "; ".join(words) or "như cũ")
    for code in new.codes:
        if old.criterion(code) is None:
            yield _row(None, new.criterion(code), "added", "mới")


def _differences(before: Criterion, after: Criterion) -> list[str]:
    said = [] if same_title(before.title, after.title) else ["đổi tên"]
    if before.mandatory != after.mandatory:
        said.append("thành bắt buộc" if after.mandatory else "không còn bắt buộc")
    for number in sorted({level.level for level in (*before.levels, *after.levels)}):
        one, two = before.level(number), after.level(number)
        if one is None:
            said.append(f"thêm Mức {number}")
        elif two is None:
            said.append(f"bỏ Mức {number}")
        elif one.known and not two.known:
            said.append(f"Mức {number} chưa có lời")
        elif [r.text for r in one.requirements] != [r.text for r in two.requirements]:
            said.append(f"Mức {number} đổi lời")
    return said


def _row(old: Criterion | None, new: Criterion | None, change: Change, words: str) -> ComparedRow:
    return ComparedRow(
        old.code if old else None,
        old.title if old else None,
        new.code if new else None,
        new.title if new else None,
        change,
        words,
    )
