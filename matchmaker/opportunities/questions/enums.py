"""Where a question stands, and what of it an institution has hidden."""

from enum import StrEnum


class QuestionState(StrEnum):
    """open -> answered, declined by the owner, or withdrawn by the asker; that it is closed follows from the opportunity."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HiddenPart(StrEnum):
    """What an institution has hidden; without its question no answer is shown either."""

    QUESTION = "question"
    ANSWER = "answer"
