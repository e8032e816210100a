"""From one year's plan to the next: what is carried, what is finished, what people have to decide."""

from caitien.planning.decisions import Decision, decide
from caitien.planning.moving import MovedPeriod, move_period
from caitien.planning.next_year import Link, NextYear, next_year

__all__ = ["Decision", "Link", "MovedPeriod", "NextYear", "decide", "move_period", "next_year"]
