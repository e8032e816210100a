"""Where framework files are found, and how one becomes a Framework: read, extend, validate, keep.

A framework is one YAML file in `frameworks/` of this package, or in a folder named by the environment variable
CAITIEN_FRAMEWORKS (several: separated as in PATH). A malformed file is refused by itself; the others still load.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from caitien.standards import marked_yaml
from caitien.standards.extending import extended
from caitien.standards.marked_yaml import Mapping
from caitien.standards.model import Framework, FrameworkInfo
from caitien.standards.problems import FrameworkFileError, Problem, UnknownFramework
from caitien.standards.validating import build_framework

PACKAGED = Path(__file__).parent / "frameworks"
FOLDERS_VARIABLE = "CAITIEN_FRAMEWORKS"


def available() -> list[FrameworkInfo]:
    """Every framework that loads, newest circular first. A file that does not load is in `refused()`."""
    frameworks = [f for f in (_load_or_none(key, _folders()) for key in _files(_folders())) if f is not None]
    frameworks.sort(key=lambda f: min((_ORDER.get(level, len(_ORDER)) for level in f.school_levels), default=99))
    frameworks.sort(key=lambda f: f.validity.start, reverse=True)
    return [info_of(f) for f in frameworks]


def load(framework_id: str) -> Framework:
    """The framework with this id. Raises UnknownFramework or FrameworkFileError (both FrameworkError)."""
    return _load(framework_id, _folders())


def refused() -> list[Problem]:
    """What is wrong with the framework files that do not load; empty when all do."""
    problems = _shadowed(_folders())
    for framework_id in _files(_folders()):
        try:
            _load(framework_id, _folders())
        except FrameworkFileError as error:
            problems += error.problems
    return problems


def check_file(path: Path) -> Framework:
    """Validate a person's own file, wherever it lies; it may extend an installed framework. Raises FrameworkFileError."""
    try:
        content = marked_yaml.content_of(path)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(path), error.line, "", error.message)]) from error
    return _check_content(content, str(path))


def _check_content(content: bytes, name: str) -> Framework:
    raw = _parsed(content, name)
    base = _base_of(raw, Path(name), _folders(), ())
    return build_framework(raw if base is None else extended(base, raw), name)


def install_file(content: bytes, folder: Path) -> Framework:
    """Put a person's own framework file into a folder of frameworks, under its id. Raises FrameworkFileError.

    The file is validated first, what cannot be read is never stored; a packaged framework cannot be replaced, an own
    one of the same id is. The folder must be one of CAITIEN_FRAMEWORKS to be read at the next call.
    """
    framework = _check_content(content, "tệp tải lên")
    if framework.id in _files((PACKAGED,)):
        message = f"“{framework.id}” là mã của một khung có sẵn; hãy đổi id."
        raise FrameworkFileError([Problem("tệp tải lên", None, "id", message)])
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{framework.id}.tmp"
    beside.write_bytes(content)
    beside.replace(folder / f"{framework.id}.yaml")
    forget()
    return framework


def nearest_id(framework_id: str) -> str | None:
    """The installed id that was probably meant, or None."""
    near = get_close_matches(framework_id.lower().replace("_", "-"), _files(_folders()), n=1, cutoff=0.5)
    return near[0] if near else None


def forget() -> None:
    """Read the files again at the next call (an administrator has added one)."""
    from caitien.standards.searching import forget_sentences

    forget_sentences()
    _files.cache_clear()
    _load.cache_clear()
    _raw_of.cache_clear()


def info_of(framework: Framework) -> FrameworkInfo:
    """What a list shows of a framework."""
    return FrameworkInfo(
        id=framework.id,
        title=framework.title,
        short_title=framework.short_title,
        document=f"{framework.document.kind} {framework.document.number}",
        validity=framework.validity,
        use=framework.use,
        school_levels=framework.school_levels,
        standards=len(framework.standards),
        criteria=len(framework.criteria),
        mandatory=len(framework.group("mandatory")),
        level_counts=framework.level_counts,
        mark=framework.mark_of("requirements") or "gap",
        path=str(_files(_folders()).get(framework.id, "")),
    )


_ORDER = {"mam_non": 0, "tieu_hoc": 1, "thcs": 2, "gdtx": 3}


def _folders() -> tuple[Path, ...]:
    extra = os.environ.get(FOLDERS_VARIABLE, "")
    return (PACKAGED, *(Path(folder) for folder in extra.split(os.pathsep) if folder))


@cache
def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Framework id -> file. The file's name is the id. A packaged file is never replaced by another of its name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            found.setdefault(path.stem, path)
    return found


def _shadowed(folders: tuple[Path, ...]) -> list[Problem]:
    """Files that are never read because another has their name."""
    kept = _files(folders)
    return [
        Problem(str(path), None, "", f"đã có khung “{path.stem}” ở nơi khác; hãy đổi id và tên tệp.")
        for folder in folders
        for path in sorted(folder.glob("*.yaml"))
        if kept[path.stem] != path
    ]


def _load_or_none(framework_id: str, folders: tuple[Path, ...]) -> Framework | None:
    try:
        return _load(framework_id, folders)
    except FrameworkFileError:
        return None


@cache
def _load(framework_id: str, folders: tuple[Path, ...]) -> Framework:
    path = _files(folders).get(framework_id)
    if path is None:
        raise UnknownFramework(framework_id, nearest_id(framework_id))
    raw = _resolved(framework_id, folders, ())
    if raw.get("id") != path.stem:
        line = raw.places["id"].line if "id" in raw else None
        raise FrameworkFileError([Problem(str(path), line, "id", f"phải là “{path.stem}”, như tên tệp.")])
    return build_framework(raw, str(path))


def _resolved(framework_id: str, folders: tuple[Path, ...], way: tuple[str, ...]) -> Mapping:
    """Raw values of a framework with what it extends filled in."""
    path = _files(folders)[framework_id]
    raw = _raw_of(path)
    base = _base_of(raw, path, folders, (*way, framework_id))
    return raw if base is None else extended(base, raw)


def _base_of(raw: Mapping, path: Path, folders: tuple[Path, ...], way: tuple[str, ...]) -> Mapping | None:
    base = raw.get("extends")
    if base is None:
        return None
    line = raw.places["extends"].line
    if base in way:
        circle = " → ".join((*way, base))
        raise FrameworkFileError([Problem(str(path), line, "extends", f"các khung kế thừa nhau thành vòng: {circle}.")])
    if base not in _files(folders):
        near = nearest_id(str(base))
        hint = f" Có phải “{near}”?" if near else ""
        raise FrameworkFileError([Problem(str(path), line, "extends", f"không có khung “{base}”.{hint}")])
    return _resolved(base, folders, way)


@cache
def _raw_of(path: Path) -> Mapping:
    return _raw(path)


def _raw(path: Path) -> Mapping:
    try:
        content = marked_yaml.content_of(path)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(path), error.line, "", error.message)]) from error
    return _parsed(content, str(path))


def _parsed(content: bytes, name: str) -> Mapping:
    try:
        raw: Any = marked_yaml.parse(content, name)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(name, error.line, "", error.message)]) from error
    if not isinstance(raw, Mapping):
        raise FrameworkFileError([Problem(name, None, "", "tệp phải là một bảng các trường (tên: giá trị).")])
    return raw
