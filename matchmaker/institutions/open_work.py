"""What a person still has to do, told by the domains that know it, to be given to somebody else."""

from dataclasses import dataclass

from matchmaker.institutions.signals import open_work_asked


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One task: its name in the reader's language, the path of its page, and whether the person holds it alone."""

    label: str
    path: str
    is_held: bool = False


def open_work(person_id: int) -> list[OpenWork]:
    """Everything that waits for a person, in the order in which the domains tell it."""
    return [work for _receiver, told in open_work_asked.send(person_id) for work in told]
