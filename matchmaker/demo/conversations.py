"""What the introduced firms wrote to each other, and how far they have read."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from matchmaker.demo.matches import Story
from matchmaker.demo.tables import rows
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.matching.enums import MatchVerb
from matchmaker.messages.models import Message, ReadMark


def add_conversations(stories: Sequence[Story]) -> None:
    """Write the conversations; the firm that did not write last has not read the last message yet."""
    talking = [story for story in stories if story.course.conversation]
    written = [(story, row) for story in talking for row in _messages(story)]
    ids = add_numbered(Message, [row for _story, row in written])
    last: dict[int, list[int]] = {}
    for number, (story, _row) in zip(ids, written, strict=True):
        last.setdefault(story.id, []).append(number)
    add_all(ReadMark, [mark for story in talking for mark in _marks(story, last[story.id])])


def _messages(story: Story) -> list[dict[str, Any]]:
    begun = story.moment(MatchVerb.INTRODUCE)
    if begun is None:
        return []
    return [
        {
            "match_id": story.id,
            "firm_id": story.firm(row["side"]).id,
            "author_id": story.firm(row["side"]).person_id,
            "language": row["language"],
            "text": row["text"],
            "created_at": begun + timedelta(hours=int(row["hours"])),
            "updated_at": begun + timedelta(hours=int(row["hours"])),
        }
        for row in rows("conversations")
        if row["conversation"] == story.course.conversation
    ]


def _marks(story: Story, messages: Sequence[int]) -> list[dict[str, Any]]:
    writer = _messages(story)[-1]
    return [
        {
            "match_id": story.id,
            "person_id": firm.person_id,
            "message_id": messages[-1] if firm.id == writer["firm_id"] else messages[-2],
            "read_at": writer["created_at"],
        }
        for firm in (story.pair.asker, story.pair.answerer)
    ]
