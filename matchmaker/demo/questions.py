"""Questions about opportunities in three languages: answered for all, open on both sides, one that is not answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from matchmaker.demo.firms import Stored
from matchmaker.demo.special import of_sector
from matchmaker.demo.tables import rows
from matchmaker.demo.writing import add_all
from matchmaker.opportunities.questions.enums import QuestionState
from matchmaker.opportunities.questions.models import OpportunityQuestion


def add_questions(
    told: Mapping[str, tuple[int, Stored]], stored: Mapping[str, Sequence[Stored]], morning: datetime
) -> None:
    """Write them; `told` has the number and the firm of each opportunity by its code."""
    others = {country: [one for key in stored if key != country for one in stored[key]] for country in stored}
    made = []
    for row in rows("opportunity_questions"):
        number, owner = told[row["code"]]
        asker = _firm(others[owner.profile.country], row)
        made.append(_question(row, number, owner, asker, morning))
    add_all(OpportunityQuestion, made)


def _firm(firms: Sequence[Stored], row: dict[str, str]) -> Stored:
    profile = of_sector([one.profile for one in firms], row["sector"], int(row["place"]))
    return next(one for one in firms if one.profile is profile)


def _question(
    row: dict[str, str], number: int, owner: Stored, asker: Stored, morning: datetime
) -> dict[str, Any]:
    asked = morning - timedelta(days=int(row["days"]))
    state = QuestionState(row["state"])
    ended = asked + timedelta(days=int(row["after"])) if row["after"] else None
    answered = state is QuestionState.ANSWERED
    return {
        "opportunity_id": number,
        "firm_id": asker.id,
        "person_id": asker.person_id,
        "state": state,
        "language": row["language"],
        "text": row["text"],
        "answer": row["answer"] if answered else "",
        "answer_language": row["answer_language"] if answered else "",
        "reason": "" if answered else row["answer"],
        "reason_language": "" if answered else row["answer_language"],
        "answered_at": ended,
        "answered_by_id": owner.person_id if ended else None,
        "created_at": asked,
        "updated_at": ended or asked,
    }
