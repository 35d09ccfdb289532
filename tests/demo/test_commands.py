"""The command that fills the demo: alike on each database and run, idempotent, for demo mode only."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
from sqlalchemy import func, select

from matchmaker.accounts.models import Person
from matchmaker.accounts.passwords import password_matches
from matchmaker.accounts.second_factor import SECRET
from matchmaker.accounts.secret_keys import unlock
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.demo import running_day
from matchmaker.demo.accounts import ACCOUNTS, PASSWORD, TOTP_SECRET
from matchmaker.demo.meetings import BLOCKS
from matchmaker.directory.documents import document_of
from matchmaker.directory.reading import listed_firms
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.enums import FieldGroup, FirmState, Visibility
from matchmaker.firms.models import Firm, FirmProduct, FirmText, RegisterEntry, SearchOutbox
from matchmaker.firms.registers import rules as register_rules
from matchmaker.firms.rules import is_matchable
from matchmaker.matching import profiles, rules
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match, MatchEvent
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings.enums import DayState, MeetingState
from matchmaker.meetings.live import queries as live_queries
from matchmaker.meetings.live import rules as live_rules
from matchmaker.meetings.models import B2bDay, MeetingOutcome
from matchmaker.meetings.outcomes.queries import meetings_of_day
from matchmaker.meetings.outcomes.rules import disagree
from matchmaker.messages.models import Message
from matchmaker.mous import rules as mou_rules
from matchmaker.mous.enums import MouStatus
from matchmaker.mous.models import Mou
from matchmaker.mous.registry import entries
from matchmaker.programmes.models import Programme

pytestmark = [pytest.mark.data, pytest.mark.slow]
COMMAND = ["demo-data"]
# Only what the command decides: numbers of rows and moments of writing differ from database to database.
DIGEST = (
    select(Firm.legal_name, Firm.state, Firm.region_code, Firm.headcount, Firm.size_class).order_by(Firm.id),
    select(FirmProduct.hs_code, FirmProduct.side, FirmProduct.unit).order_by(FirmProduct.id),
    select(FirmText.language, FirmText.summary, FirmText.description).order_by(FirmText.id),
    select(Match.state, Match.score, Match.points, Match.request_text).order_by(Match.id),
    select(Message.text).order_by(Message.id),
    select(MeetingOutcome.outcome, MeetingOutcome.next_step).order_by(MeetingOutcome.id),
)
seen: dict[str, set[str]] = {}


def digest() -> str:
    values = [[str(value) for value in row] for statement in DIGEST for row in db.session.execute(statement)]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _programmes_stand_once():
    titles = db.session.scalars(select(Programme.title_en)).all()
    assert sorted(set(titles)) == sorted(titles)


def _a_day_was_held():
    """Yesterday's day has its results: both documented firms met, one pair of firms contradicts each other."""
    day = db.session.scalars(select(B2bDay).where(B2bDay.state == DayState.DONE)).one()
    meetings = meetings_of_day(day.id, (MeetingState.HELD, MeetingState.NOT_HELD))
    said = [[outcome.outcome for outcome in one.outcomes] for one in meetings]
    assert sum(disagree(outcomes) for outcomes in said) == 1
    assert {one.state for one in meetings} == {MeetingState.HELD, MeetingState.NOT_HELD}
    met = {
        party.participant.firm.trade_name for one in meetings for party in one.parties if not one.absent_id
    }
    assert {"Selvikent Vana", "Ясенецкий литейный завод"} <= met


def _a_day_goes_on():
    """Two rounds are over, one is on, a firm is missing, and the whole day is on one date of its venue."""
    day = day_queries.day(db.session.scalars(select(B2bDay.id).where(B2bDay.state == DayState.RUNNING)).one())
    at = live_rules.hands(day.slots, clock.now())
    assert (at.now, at.next) == (2, 3)
    assert {day.clock(one.starts_at).date() for one in day.slots} == {day.held_on}
    meetings = {one.state: one for one in meetings_of_day(day.id, tuple(MeetingState))}
    assert {MeetingState.HELD, MeetingState.PLACED, MeetingState.PENDING, MeetingState.WISHED} <= set(
        meetings
    )
    here = live_queries.firms_here(day.id)
    assert here is not None
    assert len(here) == len(day_queries.participants(day.id)) - 1


@pytest.mark.parametrize("hour", range(24))
def test_at_every_hour_then_the_running_day_ends_on_the_date_it_began(hour):
    now = datetime(2026, 11, 26, hour, 59, tzinfo=UTC)
    zone, _city, _hall = running_day.venue(now)
    begins = (now - running_day.GONE - timedelta(minutes=running_day.STEP)).astimezone(ZoneInfo(zone))
    assert begins.date() == (begins + timedelta(minutes=BLOCKS[-1][2])).date()


@pytest.fixture
def filled(make_app):
    app = make_app(DEMO=True)
    result = app.test_cli_runner().invoke(args=COMMAND)
    assert result.exit_code == 0, result.output
    with app.app_context():
        yield app


def test_outside_demo_mode_then_refused(make_app):
    app = make_app()
    result = app.test_cli_runner().invoke(args=COMMAND)
    assert result.exit_code != 0
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_filled_then_complete_and_second_run_changes_nothing(filled):
    _accounts_can_sign_in()
    _memorandum_is_in_force()
    _registry_has_the_public_totals()
    _matches_are_coherent()
    _register_answers()
    _programmes_stand_once()
    _a_day_was_held()
    _a_day_goes_on()
    firms = db.session.scalar(select(func.count()).select_from(Firm))
    assert set(db.session.scalars(select(SearchOutbox.firm_id))) >= set(db.session.scalars(select(Firm.id)))
    before = digest()
    db.session.rollback()
    again = filled.test_cli_runner().invoke(args=COMMAND)
    assert again.exit_code == 0
    assert digest() == before
    assert db.session.scalar(select(func.count()).select_from(Firm)) == firms == 600
    seen.setdefault("digests", set()).add(before)
    assert len(seen["digests"]) == 1, "both databases hold the same demo"
    _firms_are_read_alike_as_columns_and_fully_loaded()


def _accounts_can_sign_in() -> None:
    for account in ACCOUNTS:
        person = db.session.scalars(select(Person).where(Person.email_key == account.email)).one()
        assert password_matches(person.password_hash, PASSWORD)
        assert (unlock(person.totp_secret, SECRET) == TOTP_SECRET) is (account.role is not None)
    assert len(pyotp.TOTP(TOTP_SECRET).now()) == 6
    others = select(Person).where(Person.email_key.not_like("%@demo.example")).limit(5)
    assert not any(password_matches(person.password_hash, PASSWORD) for person in db.session.scalars(others))


def _memorandum_is_in_force() -> None:
    mou = db.session.scalars(select(Mou).where(Mou.sample.is_(False))).one()
    assert mou.term_months is None
    assert mou.signed_on is None
    assert mou_rules.status(mou, mou.announced_on) is MouStatus.IN_FORCE


def _registry_has_the_public_totals() -> None:
    whole = entries("en", clock.today())
    partners = {party.id: party for entry in whole if entry.sample for party in entry.others}
    lands = [party.country for party in partners.values() if party.country]
    assert (len(whole), sum(entry.sample for entry in whole)) == (92, 91)
    assert (len(lands), len(set(lands)), len(partners) - len(lands)) == (86, 68, 5)


def _matches_are_coherent() -> None:
    matches = db.session.scalars(select(Match)).all()
    assert {match.state for match in matches} == set(MatchState)
    for match in matches:
        assert (match.open_pair is None) is (match.state in rules.ENDED)
        assert match.score == sum(row[1] + row[3] for row in match.points)
        steps = db.session.scalars(
            select(MatchEvent).where(MatchEvent.match_id == match.id).order_by(MatchEvent.id)
        ).all()
        assert steps[-1].after is match.state
        for step in steps:
            assert any(
                (t.before, t.verb, t.after) == (step.before, step.verb, step.after) for t in rules.TRANSITIONS
            )
    ours = {
        name: db.session.scalars(select(Firm.id).where(Firm.trade_name == name)).one()
        for name in ("Selvikent Vana", "Ясенецкий литейный завод")
    }
    pair = rules.pair_key(*ours.values())
    assert not [match for match in matches if match.open_pair == pair], (
        "the documented journey asks through this pair"
    )


def _register_answers() -> None:
    company = db.session.scalars(select(RegisterEntry).where(RegisterEntry.identifier == "9998900011")).one()
    trader = db.session.scalars(select(RegisterEntry).where(RegisterEntry.identifier == "999809000250")).one()
    assert register_rules.suggestion(company).name
    assert not register_rules.suggestion(trader).name
    assert register_rules.confirms_name(trader, "Таисия Мещерская")


def _firms_are_read_alike_as_columns_and_fully_loaded() -> None:
    """What index and lists are told, with every choice of who sees what among the firms."""
    levels = (*Visibility, None)
    for firm in db.session.scalars(select(Firm).order_by(Firm.id)):
        chosen = {
            group.value: levels[(firm.id // (place + 1) + place) % len(levels)]
            for place, group in enumerate(FieldGroup)
        }
        firm.visibility = {group: level.value for group, level in chosen.items() if level is not None}
    db.session.flush()
    loaded = firm_queries.firms(db.session.scalars(select(Firm.id)).all())
    listed = [firm for firm in loaded.values() if firm.state is FirmState.VERIFIED]
    today = clock.today()
    documents = [document_of(firm, today) for firm in listed_firms(loaded.keys())]
    assert documents == [document_of(firm, today) for firm in listed]
    covered = {(group, firm.visibility.get(group.value)) for firm in listed for group in FieldGroup}
    assert len(covered) == len(FieldGroup) * len(levels)
    matched = [profiles.profile_of(firm, today) for firm in listed if is_matchable(firm)]
    assert profiles.load_profiles(db.session, loaded.keys(), today) == matched
    db.session.rollback()
