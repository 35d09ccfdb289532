"""What becomes of sign-ups when a firm is merged into another one."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.core.i18n import language
from matchmaker.firms.merging.parts import Moving, Part
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.rules import living_key


def follow_firm(sign_up: Any, kept_id: int, _merged_id: int) -> dict[str, Any]:
    """The key by which a firm has one living sign-up to a programme."""
    if sign_up.living_key is None:
        return {}
    return {"living_key": living_key(sign_up.programme_id, sign_up.person_id, kept_id)}


def refused(kept_id: int, merged_id: int) -> list[str]:
    """Two living sign-ups to one programme hold places twice; staff of the programme say first which one stays."""
    own = select(SignUp.programme_id).where(SignUp.firm_id == kept_id, SignUp.living_key.is_not(None))
    both = select(SignUp.programme_id).where(
        SignUp.firm_id == merged_id, SignUp.living_key.is_not(None), SignUp.programme_id.in_(own)
    )
    shared = db.session.scalars(select(Programme).where(Programme.id.in_(both)).order_by(Programme.id))
    return [
        _(
            "Both firms are signed up to %(programme)s. One of them has to withdraw first.",
            programme=programme.title(language()),
        )
        for programme in shared
    ]


PART = Part(
    "programmes",
    moving=(Moving(SignUp.firm_id, _l("Sign-ups to programmes and trips"), also=follow_firm),),
    refused=refused,
)
