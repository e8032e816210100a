"""What-if on the board: the choices of a criterion as they stand now, and those that somebody tries. Nothing is stored.

The choices are those of the page of a framework (`frameworks/trying.py`): how far a criterion comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from caitien.standards.model import Framework
from caitien.standards.results import SchoolResult
from caitien.web.frameworks.trying import PREFIX, chosen

EVERYTHING = "tat-ca"


def as_they_are(result: SchoolResult) -> dict[str, str]:
    """Code of a criterion -> the choice that says the same as its judgements: "" not judged, "0", "1c", "1", "2"."""
    found = {}
    for criterion in result.criteria:
        reached, choice = 0, ""
        for level, word in criterion.judged.items():
            if word == "met":
                reached = level
                choice = str(level) if level == max(criterion.judged) else f"{level}c"
                continue
            choice = str(reached) if word == "not_met" else choice
            break
        found[criterion.code] = choice
    return found


def tried(framework: Framework, now: Mapping[str, str], sent: Mapping[str, str]) -> dict[str, str]:
    """The choices of a form, or of a link that names a few of them: what it does not name is as it stands now."""
    if EVERYTHING in sent:
        return chosen(framework, sent)
    return chosen(framework, {PREFIX + code: choice for code, choice in now.items()} | dict(sent.items()))


def as_met(framework: Framework, code: str, level: int) -> str:
    """The end of an address that tries a criterion as met at a level."""
    criterion = framework.criterion(code)
    if criterion is None or criterion.max_points is not None:
        return ""
    highest = criterion.levels[-1].level
    return urlencode({PREFIX + code: str(level) if level == highest else f"{level}c"})
