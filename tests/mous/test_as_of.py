"""Indicators and the annual report as of a past day."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.db import db
from matchmaker.matching.enums import MatchState, MatchVerb
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.mous import queries as mous
from matchmaker.mous.indicators.report import report_data
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import mou_between
from tests.mous.test_drafts import speaker
from tests.mous.test_plans import follow, introduce

Given = Callable[[], AbstractContextManager[Any]]


def test_a_report_of_a_past_day_counts_what_was_recorded_by_then(
    app: Flask, given: Given, time_machine: Any
) -> None:
    time_machine.move_to("2026-06-15T09:00:00Z", tick=False)
    with given():
        institutions = [InstitutionFactory(country=code) for code in ("TR", "RU")]
        mou = mous.mou(mou_between(*institutions).id)
        for days_ago in (9, 3):
            introduce(mou, days_ago=days_ago)
        first, second = db.session.scalars(select(Match).order_by(Match.introduced_at))
        for match, days_ago in ((first, 8), (second, 2)):
            after = {"before": MatchState.IN_TALKS, "after": MatchState.PARTNERSHIP}
            at = clock.now() - timedelta(days=days_ago)
            db.session.add(MatchEvent(match_id=match.id, at=at, verb=MatchVerb.PARTNER, **after))
        follow(speaker(institutions[0]), mou, ["partnerships", "b2b_meetings"])
        day = clock.today() - timedelta(days=5)
        papers = [report_data(mous.mou(mou.id), day.year, "en", as_of) for as_of in (day, None)]
        person = official(institutions[0], InstitutionRole.COORDINATOR).id
    past, now = ({row[0]: row[1] for row in paper["sections"][0]["rows"]} for paper in papers)
    assert (past["Partnerships"], now["Partnerships"]) == ("1", "2")
    assert past["Meetings held at B2B days, as recorded today"] == now["Meetings held at B2B days"] == "0"
    assert "as of 10 June 2026" in papers[0]["period"]
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(person)
    page = client.get(f"/mous/{mou.id}/indicators?as_of={day}").text
    assert re.search(r"/mous/indicators/\d+\?as_of=[-\d]+#behind\">1</a>", page)
    assert "count: Meetings held at B2B days." in page
    assert client.get(f"/mous/{mou.id}/reports/{day.year}/en?as_of={day}").status_code == 200
    assert client.get(f"/mous/{mou.id}/reports/{day.year}/en?as_of={day.year - 1}-12-31").status_code == 404
