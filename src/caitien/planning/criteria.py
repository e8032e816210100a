"""The draft under the framework it is made for: the crosswalk's proposals become decisions."""

from __future__ import annotations

from collections.abc import Sequence

from caitien.plan.model import ImprovementPlan
from caitien.planning.decisions import Decision
from caitien.standards import Proposal, carry, load


def under_framework(
    plan: ImprovementPlan, framework: str | None, decisions: list[Decision]
) -> tuple[ImprovementPlan, Sequence[str]]:
    """The plan under another framework and the warnings of the crosswalk; as it is for None or its own framework.

    Criteria are proposed (`carried` of each action) until `caitien.standards.confirm`. Raises FrameworkError when there
    is no way between the two. Issues that `carry` makes of weaknesses are left to `propose_issues`.
    """
    if framework is None or framework == plan.framework:
        return plan, ()
    carried = carry(plan.to_dict(), framework)
    value = dict(carried.plan)
    had_issues = bool(plan.issues)
    if not had_issues:
        value["issues"] = []
    new = ImprovementPlan.model_validate(value)
    target = load(framework)
    for proposal in carried.proposals:
        if proposal.kind == "issue" and not had_issues:
            continue
        decisions.append(_decision(proposal, new, {c: _title(target.criterion(c)) for c in proposal.new}))
    return new, carried.warnings


def _decision(proposal: Proposal, plan: ImprovementPlan, titles: dict[str, str]) -> Decision:
    options = "; ".join(f"{code} ({title})" if title else code for code, title in titles.items())
    if proposal.kind == "evidence":
        said = f"Minh chứng {proposal.old}: " + (f"mã mới {options}." if options else proposal.reason)
        return Decision("evidence", proposal.place, said, list(proposal.new), None, applied=bool(options))
    index = int(proposal.place.rpartition("/")[2])
    name = str(index + 1)
    row = f"Mục {name}" if proposal.kind == "action" else f"Vấn đề {name}"
    if not options:
        said = f"{row}: tiêu chí {proposal.old} chưa có chỗ trong khung mới. {proposal.reason}"
    elif len(titles) == 1:
        said = f"{row}: tiêu chí {proposal.old} → {options}; xác nhận?"
    else:
        said = f"{row}: tiêu chí {proposal.old} → chọn trong {len(titles)} tiêu chí: {options}."
    return Decision("criteria", proposal.place, said, list(proposal.new), name, applied=bool(options))


def _title(criterion: object) -> str:
    return str(getattr(criterion, "title", "") or "")
