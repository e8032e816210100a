"""Whether a page may offer to change the plan, and the sentence it shows when not."""

from __future__ import annotations

from typing import Any

from caitien.web.plans.editing import open_amendment
from caitien.web.plans.models import Plan
from caitien.web.plans.states import AMENDABLE, why_locked


def why_not(plan: Plan) -> tuple[Any, Any]:
    """Why its content, and why its order, may not be changed now; None where they may. At most one query."""
    amended = getattr(plan, "is_amended", None)
    if amended is None:
        amended = plan.state in AMENDABLE and open_amendment(plan) is not None
    return tuple(why_locked(plan.state, amendment_open=amended, content=content) for content in (True, False))  # type: ignore[return-value]
