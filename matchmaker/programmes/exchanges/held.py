"""What exchanges keep of a person: the record of an expert, applications, agreements, reports."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.personal_data import Held, Part
from matchmaker.programmes.exchanges.models import (
    ExchangeAgreement,
    ExchangeApplication,
    ExchangeConfirmation,
    ExchangePaper,
    Expert,
)

EXPERT = Held(Expert, _l("Your record as an expert"), (Expert.person_id,))
PART = Part(
    "exchanges",
    _l("Exchanges of experts"),
    held=(
        Held(
            ExchangeApplication,
            _l("Exchanges for which you were to travel"),
            (),
            below=((ExchangeApplication.expert_id, EXPERT),),
        ),
        Held(
            ExchangeApplication,
            _l("Exchanges for which you were to stand in"),
            (),
            below=((ExchangeApplication.replacement_id, EXPERT),),
        ),
        Held(ExchangePaper, _l("Reports and evaluations that you wrote"), (ExchangePaper.person_id,)),
        Held(ExchangeConfirmation, _l("Agreements that you confirmed"), (ExchangeConfirmation.person_id,)),
        EXPERT,
    ),
    named=(
        Expert.consent_by_id,
        ExchangeAgreement.changed_by_id,
        ExchangeApplication.host_person_id,
        ExchangeApplication.sending_by_id,
    ),
)
