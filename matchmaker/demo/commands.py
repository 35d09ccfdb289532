"""The command that fills an empty demo."""

from datetime import UTC, datetime, time, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.demo.accounts import ACCOUNTS, add_accounts
from matchmaker.demo.checking import add_checking
from matchmaker.demo.codes import add_codes
from matchmaker.demo.conversations import add_conversations
from matchmaker.demo.deals import add_deals
from matchmaker.demo.declarations import add_declarations
from matchmaker.demo.destructions import add_destructions
from matchmaker.demo.duplicates import find_duplicates
from matchmaker.demo.erasures import add_erasures
from matchmaker.demo.exchanges import add_exchanges
from matchmaker.demo.firms import Stored, add_firms
from matchmaker.demo.follow_ups import add_follow_ups
from matchmaker.demo.following import add_following
from matchmaker.demo.incidents import add_incidents
from matchmaker.demo.institutions import add_institutions
from matchmaker.demo.library import add_library
from matchmaker.demo.mailings import add_mailings
from matchmaker.demo.matches import add_matches
from matchmaker.demo.meetings import add_meetings
from matchmaker.demo.memorandum import add_memorandum
from matchmaker.demo.opinions import add_opinions
from matchmaker.demo.opportunities import add_opportunities
from matchmaker.demo.pairs import Pairs
from matchmaker.demo.past_days import add_past_day
from matchmaker.demo.profiles import Profile, profiles
from matchmaker.demo.programmes import add_programmes
from matchmaker.demo.quotas import add_quotas
from matchmaker.demo.register import add_register
from matchmaker.demo.registry import add_registry
from matchmaker.demo.running_day import add_running_day, trip_of_now
from matchmaker.demo.screening import screen_all
from matchmaker.demo.searches import add_searches
from matchmaker.demo.shortlists import add_shortlists
from matchmaker.demo.special import cast
from matchmaker.demo.tables import rows
from matchmaker.demo.tasks_held import add_holders
from matchmaker.demo.trainings import add_trainings
from matchmaker.demo.trips import add_trips
from matchmaker.demo.weights import add_weights
from matchmaker.demo.wordings import add_wordings


@click.command("demo-data")
@with_appcontext
def demo_data() -> None:
    """Fill the demo with invented firms, people and matches, unless they are there; for demo mode only."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("Demo data is for demo mode only: set DEMO=1.")
    # Asked under the write lock: two starts at once fill the demo once.
    with unit_of_work():
        there = is_filled()
        if not there:
            fill()
    click.echo("The demo data is there." if there else "Loaded the demo data.")


def is_filled() -> bool:
    """Whether the documented accounts are there; everything else came in the same transaction."""
    found = select(Person.id).where(Person.email_key == ACCOUNTS[0].email)
    return db.session.scalar(found) is not None


def fill() -> None:
    """Write everything; the same on every run of one day, because all moments count back from the morning of today.

    Only the B2B day that goes on counts from this minute.
    """
    morning = datetime.combine(clock.today(), time(5), tzinfo=UTC)
    begun = morning - timedelta(days=400)
    people = add_accounts(begun)
    institutions = add_institutions(people, begun)
    mou_id = add_memorandum(people, institutions, begun)
    samples = add_registry(institutions["KOSGEB"], morning)
    add_following(mou_id, samples, institutions, morning)
    stored = {
        country: add_firms(made, people, morning) for country, made in firms_of_the_demo(morning).items()
    }
    add_declarations(stored, people, morning)
    add_checking(stored, people, morning)
    add_register(stored["RU"], morning.date())
    find_duplicates(stored)
    add_codes(stored["RU"], people, institutions, morning)
    screen_all(clock.today() - timedelta(days=3))
    add_weights(people, morning)
    pairs = Pairs(stored, morning.date())
    stories = add_matches(pairs, people, mou_id, morning)
    add_opinions(pairs, morning)
    add_shortlists(pairs, morning)
    add_searches(pairs, morning)
    add_conversations(stories)
    add_deals(stories, morning)
    add_follow_ups(stories, people, morning)
    add_erasures(people, morning)
    add_destructions(morning)
    add_incidents(people, institutions, morning)
    add_holders(people, morning)
    add_library(people, institutions, mou_id, morning)
    add_opportunities(stored, people, mou_id, morning)
    _fill_programmes(stored, pairs, people, institutions, mou_id, morning)


def _fill_programmes(
    stored: dict[str, list[Stored]],
    pairs: Pairs,
    people: dict[str, int],
    institutions: dict[str, int],
    mou_id: int,
    morning: datetime,
) -> None:
    table = [*rows("programmes"), trip_of_now(clock.now())]
    programmes = add_programmes(stored, people, institutions, mou_id, morning, table)
    add_trainings(programmes, people)
    add_quotas(programmes)
    add_mailings(programmes, people, morning)
    add_wordings(institutions["KOSGEB"], people["staff.tr"], morning)
    add_exchanges(people, institutions, morning)
    add_trips(stored, people, institutions, programmes, morning)
    add_meetings(pairs, people, programmes, morning)
    add_past_day(pairs, programmes[-2], people, morning)
    add_running_day(pairs, programmes[-1], people, morning)


def firms_of_the_demo(morning: datetime) -> dict[str, list[Profile]]:
    """The invented firms by country, each with its part."""
    found = {country: profiles(country, morning.date()) for country in ("TR", "RU")}
    for made in found.values():
        cast(made)
    return found
