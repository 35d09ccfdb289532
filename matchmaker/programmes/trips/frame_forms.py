"""Forms of the organiser around a trip: the frame, destinations, papers, items of the itinerary."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from matchmaker.core import clock, zones
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.firms.fields import DayField
from matchmaker.programmes.forms import moment, whole
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trips import scoring, table_queries, words
from matchmaker.programmes.trips.enums import CostModel, Criterion, ItemKind
from matchmaker.programmes.trips.frame_services import FrameTerms
from matchmaker.programmes.trips.item_services import ItemTerms
from matchmaker.programmes.trips.models import TripFrame, TripItem
from matchmaker.programmes.trips.scoring_words import CRITERIA
from matchmaker.reference import countries, hs

TOO_LONG = _l("Write at most %(max)d letters.")
LINE = Length(max=500, message=TOO_LONG)
TITLE = Length(max=200, message=TOO_LONG)
DAY = _l("Enter the date, day first.")


class FrameForm(BaseForm):
    """What a trip has beside its programme."""

    from_country = SelectField(_l("Where the delegates come from"))
    hs_codes = StringField(
        _l("Goods the trip is about"),
        [LINE],
        description=_l("HS codes, separated by commas; leave empty for any goods."),
    )
    cost_model = SelectField(
        _l("Who pays"), choices=[(kind.value, label) for kind, label in words.COST_MODELS.items()]
    )
    cost_note = StringField(
        _l("What it costs"), [LINE], description=_l("Sum for one person and what it includes.")
    )
    scheme_id = SelectField(_l("Co-financing scheme"))
    insurance_required = BooleanField(_l("Every delegate needs travel insurance"))
    insurance_note = StringField(_l("What the insurance has to cover"), [LINE])
    purge_days = whole(
        _l("Days after the trip until passports are destroyed"),
        0,
        730,
        description=_l("Passport data, needs and letters are destroyed by themselves, with a record."),
    )
    suitability = whole(CRITERIA[Criterion.SUITABILITY], 0, 100)
    potential = whole(CRITERIA[Criterion.POTENTIAL], 0, 100)
    goals = whole(CRITERIA[Criterion.GOALS], 0, 100)
    experience = whole(CRITERIA[Criterion.EXPERIENCE], 0, 100)
    size = whole(CRITERIA[Criterion.SIZE], 0, 100)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [party.institution.country for party in programme.mou.parties if party.institution.country]
        self.from_country.choices = [(code, countries.label(code, language())) for code in codes]
        parties = [party.institution_id for party in programme.mou.parties]
        found = table_queries.schemes_on(clock.today(), parties)
        self.scheme_id.choices = [("", _l("None")), *((str(one.id), one.name(language())) for one in found)]

    @classmethod
    def of(cls, programme: Programme, frame: TripFrame) -> "FrameForm":
        """The form with what is kept."""
        kept = {
            "from_country": frame.from_country,
            "hs_codes": ", ".join(frame.hs_codes),
            "cost_model": (frame.cost_model or CostModel.FIRM).value,
            "cost_note": frame.cost_note,
            "scheme_id": str(frame.scheme_id or ""),
            "insurance_required": frame.insurance_required,
            "insurance_note": frame.insurance_note,
            "purge_days": frame.purge_days,
            **{criterion.value: 0 for criterion in Criterion},
            **{criterion.value: weight for criterion, weight in scoring.weights_of(frame.weights).items()},
        }
        return cls(programme=programme, data=kept)

    def terms(self) -> FrameTerms:
        """What the service needs."""
        typed = re.split(r"[,;\s]+", self.hs_codes.data or "")
        return FrameTerms(
            from_country=self.from_country.data,
            hs_codes=[hs.clean(code) for code in typed if code],
            cost_model=CostModel(self.cost_model.data),
            cost_note=(self.cost_note.data or "").strip(),
            insurance_required=bool(self.insurance_required.data),
            insurance_note=(self.insurance_note.data or "").strip(),
            scheme_id=int(self.scheme_id.data) if self.scheme_id.data else None,
            weights={criterion: int(self[criterion.value].data or 0) for criterion in Criterion},
            purge_days=self.purge_days.data or 0,
        )


class DestinationForm(BaseForm):
    """A city where the trip stays."""

    city = StringField(_l("City"), [DataRequired(_l("Enter the city.")), TITLE])
    from_on = DayField(_l("From"), [InputRequired(DAY)])
    to_on = DayField(_l("Until"), [InputRequired(DAY)])


class DocumentForm(BaseForm):
    """A paper for everybody who sees the trip."""

    title = StringField(_l("Title"), [DataRequired(_l("Enter the title.")), TITLE])
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose the file."))],
        render_kw={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx"},
    )


class ItemForm(BaseForm):
    """One item of the itinerary."""

    kind = SelectField(_l("Kind"), choices=[(kind.value, label) for kind, label in words.ITEM_KINDS.items()])
    title_tr = StringField(_l("Title in Turkish"), [TITLE])
    title_ru = StringField(_l("Title in Russian"), [TITLE])
    title_en = StringField(_l("Title in English"), [TITLE])
    starts_at = moment(_l("Begins"), required=True, description=_l("Day and time at the place"))
    ends_at = moment(_l("Ends"), required=True, description=_l("Day and time at the place"))
    zone = SelectField(_l("Time zone"))
    place = StringField(_l("Place"), [LINE])
    capacity = IntegerField(
        _l("Places"),
        [Optional(), NumberRange(1, 100_000, message=_l("Enter a number from %(min)s to %(max)s."))],
        description=_l("With a number delegates choose this item; leave empty where everybody takes part."),
    )
    host_contact = StringField(_l("Contact at the host"), [LINE])
    interpreter = StringField(_l("Interpreter"), [LINE])
    note = TextAreaField(_l("What happens"), [Length(max=4000, message=TOO_LONG)], render_kw={"rows": 3})
    dress_note = StringField(_l("Dress"), [LINE])
    safety_note = StringField(
        _l("Safety"), [LINE], description=_l("For a visit: closed shoes, helmets, photographs.")
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [party.institution.country for party in programme.mou.parties if party.institution.country]
        self.zone.choices = zones.choices(codes, language())

    @classmethod
    def of(cls, programme: Programme, item: TripItem | None) -> "ItemForm":
        """The form with what is kept, moments as they are at the place."""
        if item is None:
            return cls(programme=programme, data={"zone": programme.zone})
        zone = ZoneInfo(item.zone)
        kept = {name: getattr(item, name) for name in ItemTerms.__dataclass_fields__}
        for name in ("starts_at", "ends_at"):
            kept[name] = kept[name].astimezone(zone).replace(tzinfo=None)
        return cls(programme=programme, data=kept | {"kind": item.kind.value})

    def terms(self) -> ItemTerms:
        """What the service needs, moments in the zone of the place."""
        zone = ZoneInfo(self.zone.data)
        texts = {field.name: (field.data or "").strip() for field in self if isinstance(field, StringField)}
        return ItemTerms(
            **texts,
            kind=ItemKind(self.kind.data),
            starts_at=_at(self.starts_at.data, zone),
            ends_at=_at(self.ends_at.data, zone),
            zone=self.zone.data,
            capacity=self.capacity.data,
        )


def _at(typed: datetime | None, zone: ZoneInfo) -> datetime:
    if typed is None:
        raise ValueError("a form that was validated has both moments")
    return typed.replace(tzinfo=zone)
