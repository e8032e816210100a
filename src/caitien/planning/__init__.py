"""From one year's plan to the next: what is carried, what is finished, what people have to decide."""

from caitien.planning.decisions import Decision, decide
from caitien.planning.moving import MovedPeriod, move_period
from caitien.planning.next_year import Link, NextYear, next_year
from caitien.planning.prior import YearOfAction, years_of_action

__all__ = [
    "Decision",
    "Link",
    "MovedPeriod",
    "NextYear",
    "YearOfAction",
    "decide",
    "move_period",
    "next_year",
    "years_of_action",
]
