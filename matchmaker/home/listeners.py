"""What the home pages tell other domains: the work that waits for an officer."""

from typing import Any

from matchmaker.core.actor import Actor
from matchmaker.home.assigning.queries import with_holders
from matchmaker.home.inbox import tasks
from matchmaker.home.task_labels import KIND_LABELS
from matchmaker.home.task_words import task_url
from matchmaker.institutions.open_work import OpenWork
from matchmaker.institutions.queries import grants
from matchmaker.institutions.signals import open_work_asked


@open_work_asked.connect
def tell_open_work(person_id: int, **_rest: Any) -> list[OpenWork]:
    """The inbox of a person as it is now: what the person's roles may verify, approve and screen."""
    officer = Actor(person_id=person_id, grants=grants(person_id))
    return [
        OpenWork(
            f"{KIND_LABELS[one.task.kind]}: {' – '.join(one.task.names)}",
            task_url(one.task),
            one.person_id == person_id,
        )
        for one in with_holders(tasks(officer))
    ]
