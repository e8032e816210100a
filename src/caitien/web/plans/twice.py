"""A plan asked for twice (two clicks, two people at one moment) is made once: the second is led to the one that is there."""

from __future__ import annotations

from typing import Any

from caitien.web.plans.models import Plan
from caitien.web.plans.next_year import plans_of_year
from caitien.web.schools.models import School
from caitien.web.sent import whole

MANY = 10**6


def made_meanwhile(school: School, school_year: str, sent: Any) -> Plan | None:
    """The plan of the year that was made since the page was shown; None when there is none, and one can be made.

    `sent`: the form. With `them` there shall be one more beside the `da-co` plans of the year that the page told of. Call
    inside the transaction that makes the plan: the school is held, so that the second of two requests waits for the first.
    """
    School.objects.select_for_update(no_key=True).only("pk").get(pk=school.pk)
    there = plans_of_year(school, school_year)
    seen = whole(sent.get("da-co"), MANY) if "them" in sent else 0
    if len(there) <= seen:
        return None
    there[0].school = school
    return there[0]
