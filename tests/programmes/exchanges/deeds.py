"""What people of an exchange do, in short."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.files import StoredFile
from matchmaker.notifications.models import Notice
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes.exchanges import (
    agreement_services,
    application_services,
    queries,
    rules,
)
from matchmaker.programmes.exchanges.agreement_services import Terms
from matchmaker.programmes.exchanges.application_services import Hosting, Wish
from matchmaker.programmes.exchanges.enums import (
    ExchangeStage,
)
from matchmaker.programmes.exchanges.expert_services import Record
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.exchanges.paper_services import Paper
from matchmaker.programmes.exchanges.rules import Window
from tests.factories.exchanges import World
from tests.programmes.exchanges.people import actor

PAPER = Paper(text="What was done", lessons="What others learn", rating=4, text_language="en")


def wish(world: World, **changed: Any) -> Wish:
    values = {
        "motivation": "I know guarantee funds",
        "benefit": "We learn as well",
        "text_language": "en",
        "windows": world.wished,
        "replacement_id": world.replacement.id,
    }
    return Wish(**{**values, **changed})


def apply(world: World, **changed: Any) -> ExchangeApplication:
    programme = programme_queries.programme(world.call.programme_id)
    return application_services.apply(actor(world.expert), programme, wish(world, **changed))


def stage(application: ExchangeApplication) -> ExchangeStage:
    return rules.stage(queries.application(application.sign_up_id))


def hosting(world: World, *, days: int = 3, start: int = 0) -> Hosting:
    first = clock.today() + timedelta(days=start)
    return Hosting(Window(first, first + timedelta(days=days - 1)), world.host_person.id)


def notices_of(person_id: int) -> list[str]:
    return list(
        db.session.scalars(select(Notice.kind).where(Notice.person_id == person_id).order_by(Notice.id))
    )


def confirm_all(world: World, application: ExchangeApplication) -> None:
    agreement = queries.application(application.sign_up_id).agreement
    assert agreement is not None
    for person in (world.expert, world.host_person, world.sending_coordinator, world.host_coordinator):
        agreement_services.confirm(actor(person), application, version=agreement.version)


def record(**changed: Any) -> Record:
    values = {
        "position": "Adviser",
        "practice_areas": ("finance",),
        "years": 12,
        "summary": "",
        "earlier_exchanges": "",
        "languages": {"ru": "native"},
        "windows": (),
    }
    return Record(**{**values, **changed})


def vars_of(terms: Terms) -> dict[str, str]:
    return {name: getattr(terms, name) for name in Terms.__dataclass_fields__}


def stored_file() -> int:
    file = StoredFile(token="cv", name="cv.pdf", media_type="application/pdf", size=1, sha256="0" * 64)
    db.session.add(file)
    db.session.flush()
    return file.id
