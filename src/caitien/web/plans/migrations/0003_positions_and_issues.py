"""Rows get room between them; the issues in a plan's head become rows."""

from django.db import migrations
from django.db.models import F

STEP = 1024
FIELDS = ("number", "standard", "criteria", "current_state", "weakness", "cause")


def forwards(apps, schema_editor):
    for name in ("Action", "HistoricalAction"):
        model = apps.get_model("plans", name)
        model._base_manager.update(position=(F("position") + 1) * STEP)
    Plan, Issue = apps.get_model("plans", "Plan"), apps.get_model("plans", "Issue")
    for plan in Plan.objects.iterator():
        issues = plan.head.pop("issues", None)
        if issues is None:
            continue
        for place, value in enumerate(issues, 1):
            known = {name: value.pop(name) for name in FIELDS if name in value}
            known["criteria"] = known.get("criteria") or []
            Issue._base_manager.create(
                school_id=plan.school_id, plan_id=plan.pk, position=place * STEP, extra=value, **known
            )
        plan.save(update_fields=["head"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_workspace")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
