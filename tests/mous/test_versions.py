"""Nobody saves over what a colleague changed while they were typing: each form of a record knows its version."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask

from matchmaker.core.actor import InstitutionRole
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, InstitutionMemberFactory, official
from tests.factories.library import GuideFactory, LibrarySchemeFactory, note_of
from tests.factories.mous import (
    ActionPlanFactory,
    CommitteeMeetingFactory,
    IndicatorFactory,
    PlanItemFactory,
    draft_between,
    mou_between,
)
from tests.mous.test_drafts import FORM

Given = Callable[[], AbstractContextManager[Any]]
ASKED = "Somebody else has changed this meanwhile."
NAMES = dict.fromkeys(("name_original", "name_tr", "name_ru", "name_en", "short_name"), "New name")
IN_THREE = ("tr", "ru", "en")


def pages(own: Any, other: Any, person: int) -> dict[str, dict[str, Any]]:
    """Each form with what somebody types into it."""
    draft, mou = draft_between(own, other), mou_between(own, other)
    item = PlanItemFactory(plan_id=ActionPlanFactory(mou_id=mou.id).id)
    indicator = IndicatorFactory(mou_id=mou.id)
    meeting = CommitteeMeetingFactory(mou_id=mou.id)
    note = note_of(own, author_id=person)
    scheme, guide = LibrarySchemeFactory(institution_id=own.id), GuideFactory(institution_id=own.id)
    facts = {"practice_area": note.practice_area, "instrument": "grant", "target_group": "smes"}
    year = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    quarters = dict.fromkeys(("03-31", "06-30", "09-30", "12-31"), "1")
    return {
        f"/mous/{draft.id}/edit": FORM
        | {"first": own.id, "second": other.id, "third": 0, "prevailing_language": ""},
        f"/mous/{mou.id}/amend": {
            "agreed_on": "2026-05-01",
            "text": "New term",
            "renewal": "none",
            "areas": ["trainings"],
        },
        f"/mous/plan-items/{item.id}": {"kind": "task", "title_en": "New title", "due_on": "2026-06-01"}
        | {"institution": "0", "objective_id": "0", "state": "open"},
        f"/mous/indicators/{indicator.id}/edit": year
        | {"name_en": "New name", "figures": "meetings", "target": "4"},
        f"/mous/indicators/{indicator.id}/quarters": {
            f"until-2026-{day}": amount for day, amount in quarters.items()
        },
        f"/mous/meetings/{meeting.id}/edit": {"held_on": "2026-03-04", "minutes": "New minutes"},
        f"/institutions/{own.id}/edit": NAMES | {"language": "tr"},
        f"/library/notes/{note.id}/facts": facts
        | {"visibility": "institution", "mou_id": "0", "budget": "1", "currency": "TRY"},
        f"/library/notes/{note.id}/texts/{note.source_language}": {"title": "New title"},
        f"/library/schemes/{scheme.id}": facts
        | {f"name_{code}": "New name" for code in IN_THREE}
        | {f"conditions_{code}": "New conditions" for code in IN_THREE}
        | {"institution_id": own.id, "starts_on": "1.1.2026", "source_note": "Law 1", "currency": ""},
        f"/guides/{guide.id}/change": {f"title_{code}": "New title" for code in IN_THREE}
        | {f"body_{code}": "New text" for code in IN_THREE}
        | {"from_country": "TR", "to_country": "RU", "topic": "customs"}
        | {"source_note": "Law 1", "checked_on": "1.1.2026"},
    }


def test_who_saves_second_is_told_and_keeps_what_was_typed(app: Flask, given: Given) -> None:
    with given():
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        person = official(own, InstitutionRole.COORDINATOR)
        InstitutionMemberFactory(
            institution_id=own.id, person_id=person.id, role=InstitutionRole.ADMINISTRATOR
        )
        forms, person_id = pages(own, other, person.id), person.id
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(person_id)

    for path, typed in forms.items():
        refused = client.send(path, typed | {"version": "99"})
        assert (refused.status_code, ASKED in refused.text) == (422, True), path
        kept = next(
            str(value) for value in typed.values() if "New" in str(value) or value in ("1", "TR-RU-7")
        )
        assert kept in refused.text, path
        shown = re.search(r'name="version"[^>]* value="(\d+)"', refused.text)
        assert shown, path
        assert client.send(path, typed | {"version": shown[1]}).status_code == 303, path
        assert client.send(path, typed | {"version": shown[1]}).status_code == 422, path
