"""What the worker does for firms, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import FirmCertificate
from matchmaker.firms.tasks import warn_of_ending_certificates
from matchmaker.notifications.models import Notice
from tests.factories.firm_profiles import FirmCertificateFactory
from tests.factories.firms import FirmFactory, member_of


def warn() -> None:
    with unit_of_work():
        warn_of_ending_certificates()


def test_owners_are_warned_once_sixty_days_ahead_and_anew_after_a_renewal(
    app: Flask, given: Callable[[], Any]
) -> None:
    today = clock.today()
    with given():
        firm, hidden = FirmFactory(), FirmFactory(state=FirmState.SUSPENDED)
        person = member_of(firm)
        member_of(hidden)
        ending = FirmCertificateFactory(firm_id=firm.id, valid_until=today + timedelta(days=60))
        FirmCertificateFactory(firm_id=firm.id, valid_until=today + timedelta(days=61))
        FirmCertificateFactory(firm_id=firm.id, valid_until=today - timedelta(days=1))
        FirmCertificateFactory(firm_id=firm.id)
        FirmCertificateFactory(firm_id=hidden.id, valid_until=today + timedelta(days=5))

    with app.app_context():
        warn()
        warn()
        told = db.session.scalars(select(Notice)).all()
        assert [(row.person_id, row.kind, row.path) for row in told] == [
            (person.id, "certificate_ends", f"/firms/{firm.id}/certificates/{ending.id}")
        ]
        db.session.rollback()
        with unit_of_work():
            db.session.get_one(FirmCertificate, ending.id).valid_until = today + timedelta(days=59)
        warn()
        assert len(db.session.scalars(select(Notice)).all()) == 2
