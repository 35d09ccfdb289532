"""Kinds and states of what stands in an action plan."""

from enum import StrEnum


class ItemKind(StrEnum):
    """An objective is reached by milestones and tasks."""

    OBJECTIVE = "objective"
    MILESTONE = "milestone"
    TASK = "task"


class ItemState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"
