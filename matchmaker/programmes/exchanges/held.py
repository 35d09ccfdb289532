"""What exchanges keep of a person: the record of an expert, applications, agreements, reports."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.programmes.exchanges.models import (
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeConfirmation,
    ExchangePaper,
    Expert,
)

WHY = _l("It is part of an exchange between two institutions. Without your name.")
EXPERT = Held(
    Expert,
    _l("Your record as an expert"),
    (Expert.person_id,),
    Fate.BLANKED,
    blank={
        "position": "",
        "practice_areas": [],
        "summary": "",
        "earlier_exchanges": "",
        "languages": {},
        "windows": [],
        "cv_file_id": None,
        "consent_at": None,
    },
)
PART = Part(
    "exchanges",
    _l("Exchanges of experts"),
    held=(
        Held(
            ExchangeApplication,
            _l("Exchanges for which you were to travel"),
            (),
            Fate.BLANKED,
            below=((ExchangeApplication.expert_id, EXPERT),),
            blank={"motivation": "", "benefit": "", "windows": []},
        ),
        Held(
            ExchangeApplication,
            _l("Exchanges for which you were to stand in"),
            (),
            Fate.KEPT,
            below=((ExchangeApplication.replacement_id, EXPERT),),
            why=WHY,
        ),
        Held(
            ExchangePaper,
            _l("Reports and evaluations that you wrote"),
            (ExchangePaper.person_id,),
            Fate.KEPT,
            why=WHY,
        ),
        Held(
            ExchangeConfirmation,
            _l("Agreements that you confirmed"),
            (ExchangeConfirmation.person_id,),
            Fate.KEPT,
            why=WHY,
        ),
        EXPERT,
    ),
    named=(
        Expert.consent_by_id,
        ExchangeAgreement.changed_by_id,
        ExchangeApplication.host_person_id,
        ExchangeApplication.sending_by_id,
    ),
)
