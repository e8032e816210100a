"""A self-assessment from its JSON (`caitien.assessment/1`), with one Vietnamese sentence that names the field when it is not one."""

from __future__ import annotations

from caitien.assessment.model import SCHEMA, SelfAssessment
from caitien.errors import AssessmentFormatError
from caitien.plan.interchange import parse_value


def parse_assessment(content: bytes | str) -> SelfAssessment:
    """The self-assessment in a JSON text (UTF-8, with or without a byte order mark).

    Raises AssessmentFormatError: not UTF-8, not JSON, not an object, another schema, nothing of a self-assessment in it,
    a field of the wrong kind.
    """
    names = ("tự đánh giá", "một bản tự đánh giá")
    return parse_value(content, SelfAssessment, SCHEMA, names, AssessmentFormatError)
