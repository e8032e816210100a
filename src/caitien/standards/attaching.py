"""What an attached circular tells of our summaries: found, not found, other titles, conflicts settled; and its keeping.

Kept as JSON in a folder of the installation (`official/<framework>.json` of its data folder), never in the package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from caitien.errors import FrameworkError
from caitien.standards.folding import fold
from caitien.standards.loading import load
from caitien.standards.model import Conflict, Framework
from caitien.standards.official import OfficialCriterion, OfficialText, likeness, read_official, same_title, whole_text

SCHEMA = "caitien.official/1"
FOLDER = "official"
ALIKE = 0.5
"""How alike (0 to 1) readings of a conflict are to a title for the conflict to be about that title."""


@dataclass(frozen=True, slots=True)
class TitleDifference:
    """`code`: of a criterion, or of a standard ("3"). Marks, capitals and punctuation do not count."""

    code: str
    ours: str
    official: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict of the framework's data and what the text says to it. `reading`: the one that it bears out.

    `settled` False: the text does not say. `reading` None and settled: the text says neither, `official` is its words.
    `chosen`: the reading that our data uses is the right one.
    """

    about: str
    settled: bool
    reading: str | None
    official: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class AttachReport:
    """What was found. `missing_levels`: code -> levels of the framework for which the text has no words."""

    framework: str
    source: str
    annex: str | None
    found: tuple[str, ...]
    not_found: tuple[str, ...]
    missing_levels: dict[str, tuple[int, ...]]
    other_titles: tuple[TitleDifference, ...]
    other_standards: tuple[TitleDifference, ...]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]
    conflicts: tuple[Settled, ...]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def attach(
    framework_id: str, lines: Sequence[str], source: str, *, wrapped: bool = False
) -> tuple[OfficialText, AttachReport]:
    """The official text in a file's lines, and what it tells of our data. `source`: the file's name, for people.

    Raises UnknownFramework; FrameworkError when no criterion of the framework stands in the text.
    """
    framework = load(framework_id)
    official = read_official(framework, lines, source, wrapped=wrapped)
    if not official.criteria:
        raise FrameworkError(
            f"Không thấy tiêu chí nào của khung {framework.id} trong {source}. "
            f"Hãy kiểm tra đây là toàn văn {framework.document.kind} {framework.document.number}."
        )
    return official, report_of(framework, official, lines)


def report_of(framework: Framework, official: OfficialText, lines: Iterable[str] = ()) -> AttachReport:
    """What an official text tells of our data. `lines`: of the whole file, in which signs of a reading are looked for."""
    text = whole_text(lines)
    everything = (*framework.criteria, *framework.level_items)
    found = [c for c in everything if c.code in official.criteria]
    return AttachReport(
        framework=framework.id,
        source=official.source,
        annex=official.annex,
        found=tuple(c.code for c in found),
        not_found=tuple(c.code for c in everything if c.code not in official.criteria),
        missing_levels={
            c.code: lacking
            for c in found
            if (lacking := tuple(v.level for v in c.levels if v.level not in official.criteria[c.code].levels))
        },
        other_titles=tuple(
            TitleDifference(c.code, c.title, title)
            for c in found
            if (title := official.criteria[c.code].title) and not same_title(c.title, title)
        ),
        other_standards=tuple(
            TitleDifference(s.code, s.title, title)
            for s in framework.standards
            if (title := official.standards.get(s.code, "")) and not same_title(s.title, title)
        ),
        unknown=official.unknown,
        doubled=official.doubled,
        conflicts=tuple(_settle(conflict, official, text) for conflict in framework.conflicts),
    )


def _settle(conflict: Conflict, official: OfficialText, text: str) -> Settled:
    title = _title_concerned(conflict, official)
    if title is not None:
        reading = next((r.text for r in conflict.readings if same_title(r.text, title)), None)
        return Settled(
            conflict.about, True, reading, title, reading is not None and same_title(reading, conflict.chosen)
        )
    borne_out = [r for r in conflict.readings if r.signs and all(fold(sign) in text for sign in r.signs)]
    if len(borne_out) != 1:
        return Settled(conflict.about, False, None, None, False)
    return Settled(conflict.about, True, borne_out[0].text, None, borne_out[0].text == conflict.chosen)


def _title_concerned(conflict: Conflict, official: OfficialText) -> str | None:
    """The official title that the readings are versions of; None where they are about something else."""
    if conflict.criterion is not None:
        criterion = official.criteria.get(conflict.criterion)
        title = criterion.title if criterion else ""
    else:
        title = official.standards.get(conflict.standard or "", "")
    if title and all(likeness(r.text, title) >= ALIKE for r in conflict.readings):
        return title
    return None


# --- keeping


def save_official(official: OfficialText, data_folder: Path) -> Path:
    """Keep an official text in the installation; another one of the framework is replaced. Raises FrameworkError."""
    path = _path(official.framework, data_folder)
    value = {"schema": SCHEMA, **asdict(official)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise FrameworkError(f"Không ghi được {path}: {error.strerror or error}.") from None
    return path


def official_text(framework_id: str, data_folder: Path) -> OfficialText | None:
    """The official text that this installation has of a framework; None when it has none. Raises FrameworkError."""
    path = _path(framework_id, data_folder)
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value.pop("schema") != SCHEMA:
            raise ValueError(path)
        criteria = {
            code: OfficialCriterion(code, c["title"], {int(level): text for level, text in c["levels"].items()})
            for code, c in value.pop("criteria").items()
        }
        value |= {name: tuple(value[name]) for name in ("unknown", "doubled")}
        return OfficialText(criteria=criteria, **value)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise FrameworkError(f"Không đọc được {path}; hãy gắn lại văn bản bằng: caitien standards attach.") from None


def forget_official(framework_id: str, data_folder: Path) -> bool:
    """Take an official text out of the installation. False when there was none."""
    path = _path(framework_id, data_folder)
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed


def _path(framework_id: str, data_folder: Path) -> Path:
    return data_folder / FOLDER / f"{load(framework_id).id}.json"
