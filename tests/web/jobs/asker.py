"""A process that asks for jobs as the web server does: a line of JSON in, a line of JSON out. `python -m web.jobs.asker`."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.jobs.settings_with_samples")


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from web.invented import make_school, make_user

    school = make_school("th-viec-nen", "Trường Tiểu học Việc Nền")
    user = make_user("thu-ky-nen", "Lò Thị Nền", school, "secretary")
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), school, user), default=str), flush=True)


def answer(asked: dict, school, user):
    from django.core.files.storage import default_storage

    from caitien.web.jobs import asking
    from caitien.web.jobs.models import Job

    match asked.pop("do"):
        case "enqueue":
            return asking.enqueue(school, user, asked["kind"], "Việc thử", asked.get("arguments")).pk
        case "rows":  # that wait, without waking anybody
            kinds = asked["kinds"]
            return [
                Job.objects.create(school=school, kind=kind, label="Việc thử", behind=behind).pk
                for kind, behind in kinds
            ]
        case "wait":
            return told(asking.wait_a_moment(Job.objects.get(pk=asked["job"]), asked["seconds"]))
        case "cancel":
            return asking.cancel(Job.objects.get(pk=asked["job"]))
        case "again":
            return asking.again(Job.objects.get(pk=asked["job"]))
        case "read":
            with default_storage.open(Job.objects.get(pk=asked["job"]).stored) as file:
                return file.read().decode()
        case "wake":
            from caitien.web.jobs.starting import wake

            return wake()


def told(job) -> dict:
    names = (
        "state",
        "done",
        "of",
        "words",
        "error",
        "stored",
        "size",
        "runner",
        "attempts",
        "started_at",
        "finished_at",
    )
    return {name: getattr(job, name) for name in names}


if __name__ == "__main__":
    main()
