"""Forms of the set-up of a day."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from matchmaker.core import zones
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language, order_countries
from matchmaker.firms.fields import DayField
from matchmaker.meetings import words
from matchmaker.meetings.enums import BlockKind
from matchmaker.meetings.models import B2bDay, DayBlock, DayInterpreter, DayTable
from matchmaker.meetings.setup import choices
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup.block_services import Block
from matchmaker.meetings.setup.frame_services import Frame
from matchmaker.meetings.setup.rules import LEAST_MINUTES, MOST_MINUTES
from matchmaker.meetings.setup.table_services import Interpreter, Table
from matchmaker.programmes.forms import TickField, moment, whole
from matchmaker.programmes.models import Programme
from matchmaker.reference import countries

TOO_LONG = _l("Write at most %(max)d letters.")
LINE, NAME = Length(max=500, message=TOO_LONG), Length(max=200, message=TOO_LONG)
NAME_ASKED = lazy_pgettext("person", "Enter the name.")
BOUNDS = _l("Enter a number from %(min)s to %(max)s.")


def maybe(label: Any, least: int, most: int, description: Any = "") -> IntegerField:
    """A whole number that may be left out."""
    return IntegerField(
        label, [Optional(), NumberRange(least, most, message=BOUNDS)], description=description
    )


class FrameForm(BaseForm):
    """The frame of a day."""

    item_id = SelectField(_l("Item of the itinerary"))
    held_on = DayField(_l("Date"), [InputRequired(_l("Enter the date, day first."))])
    zone = SelectField(_l("Time zone of the venue"))
    place = StringField(_l("Place"), [LINE], description=_l("Hall and address"))
    entrance = StringField(_l("Entrance"), [LINE], description=_l("Which door, from when"))
    slot_minutes = whole(_l("Minutes of a meeting"), LEAST_MINUTES, MOST_MINUTES, default=20)
    change_minutes = whole(_l("Minutes to change tables"), 0, 60, default=5)
    wishes_until = moment(
        _l("Firms say their wishes until"), required=False, description=_l("Day and time at the venue")
    )
    least = whole(
        _l("Meetings guaranteed to each firm"),
        0,
        50,
        default=0,
        description=_l(
            "Where it is possible. What each minimum costs is shown when the meetings are chosen."
        ),
    )
    most = maybe(
        _l("Most meetings of a firm"), 0, 200, _l("Leave empty for no limit. A firm can set a lower one.")
    )
    fairness = whole(
        _l("Largest difference of breaks between two firms"),
        0,
        50,
        default=2,
        description=_l("A break is a gap between two meetings of a firm."),
    )
    host_country = SelectField(_l("Side that keeps its tables"))
    same_side = BooleanField(_l("Firms of one side may meet each other, too"))

    def __init__(self, *args: Any, programme: Programme, but: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [party.institution.country for party in programme.mou.parties if party.institution.country]
        self.zone.choices = zones.choices(codes, language())
        named = [(code, countries.label(code, language())) for code in order_countries(codes)]
        self.host_country.choices = [("", _("None: both sides move")), *named]
        items = setup_queries.free_items(programme, but)
        shown = [
            (str(one.id), f"{one.title(language())}, {zones.show_span(one.starts_at, one.ends_at, one.zone)}")
            for one in items
        ]
        self.item_id.choices = [("", _("None")), *shown]

    @classmethod
    def new(cls, programme: Programme) -> "FrameForm":
        """The form of a day that is not there yet, filled in from the first free item of the itinerary."""
        items = setup_queries.free_items(programme)
        first = items[0] if items else None
        zone = first.zone if first else programme.zone
        starts = first.starts_at if first else programme.starts_at
        data = {
            "item_id": str(first.id) if first else "",
            "held_on": starts.astimezone(ZoneInfo(zone)).date(),
            "zone": zone,
            "place": first.place if first else programme.place,
            "host_country": "",
        }
        return cls(programme=programme, data=data)

    @classmethod
    def of(cls, day: B2bDay) -> "FrameForm":
        """The form with what is kept, the deadline as it is at the venue."""
        kept = {name: getattr(day, name) for name in Frame.__dataclass_fields__}
        until = day.wishes_until
        kept["wishes_until"] = until.astimezone(ZoneInfo(day.zone)).replace(tzinfo=None) if until else None
        kept["item_id"] = str(day.item_id or "")
        return cls(programme=day.programme, but=day.item_id, data=kept)

    def frame(self) -> Frame:
        """What the service needs."""
        zone = ZoneInfo(self.zone.data)
        until = self.wishes_until.data
        return Frame(
            item_id=int(self.item_id.data) if self.item_id.data else None,
            held_on=self.held_on.data,
            zone=self.zone.data,
            place=(self.place.data or "").strip(),
            entrance=(self.entrance.data or "").strip(),
            slot_minutes=self.slot_minutes.data or 0,
            change_minutes=self.change_minutes.data or 0,
            wishes_until=until.replace(tzinfo=zone) if until else None,
            least=self.least.data or 0,
            most=self.most.data,
            fairness=self.fairness.data or 0,
            host_country=self.host_country.data or "",
            same_side=bool(self.same_side.data),
        )


class BlockForm(BaseForm):
    """One block of a day."""

    kind = SelectField(_l("Kind"), choices=[(kind.value, word) for kind, word in words.BLOCK_KINDS.items()])
    starts_at = TimeField(
        lazy_pgettext("time", "From"), validators=[InputRequired(_l("Enter the time, such as 09:30."))]
    )
    ends_at = TimeField(
        lazy_pgettext("time", "Until"), validators=[InputRequired(_l("Enter the time, such as 09:30."))]
    )
    name_tr = StringField(_l("Name in Turkish"), [NAME])
    name_ru = StringField(_l("Name in Russian"), [NAME])
    name_en = StringField(_l("Name in English"), [NAME])

    @classmethod
    def of(cls, day: B2bDay, block: DayBlock) -> "BlockForm":
        """The form with what is kept, times as at the venue."""
        kept = {name: getattr(block, name) for name in ("name_tr", "name_ru", "name_en")}
        times = {name: day.clock(getattr(block, name)).time() for name in ("starts_at", "ends_at")}
        return cls(data=kept | times | {"kind": block.kind.value})

    def block(self, day: B2bDay) -> Block:
        """What the service needs."""
        zone = ZoneInfo(day.zone)
        times = [field.data or time() for field in (self.starts_at, self.ends_at)]
        starts, ends = (datetime.combine(day.held_on, one, tzinfo=zone) for one in times)
        names = {f"name_{code}": (self[f"name_{code}"].data or "").strip() for code in ("tr", "ru", "en")}
        return Block(BlockKind(self.kind.data), starts, ends, **names)


class TablesForm(BaseForm):
    """Several tables at once."""

    count = whole(_l("How many tables"), 1, 200)
    room = StringField(_l("Room or area"), [NAME])
    languages = TickField(
        _l("Only for meetings in"), description=_l("Leave all unmarked for every language.")
    )

    def __init__(self, *args: Any, day: B2bDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = choices.language_choices(choices.tongues(day))


class TableForm(BaseForm):
    """One table."""

    number = whole(_l("Number"), 1, 9999)
    room = StringField(_l("Room or area"), [NAME])
    languages = TickField(
        _l("Only for meetings in"), description=_l("Leave all unmarked for every language.")
    )
    host_id = SelectField(_l("Kept for one firm"))
    closed = TickField(_l("Closed at"))

    def __init__(self, *args: Any, day: B2bDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = choices.language_choices(choices.tongues(day))
        self.host_id.choices = choices.firm_choices(day)
        self.closed.choices = choices.slot_choices(day)

    @classmethod
    def of(cls, day: B2bDay, table: DayTable) -> "TableForm":
        """The form with what is kept."""
        kept = {
            "number": table.number,
            "room": table.room,
            "languages": table.languages,
            "host_id": str(table.host_id or ""),
            "closed": [str(position) for position in table.closed],
        }
        return cls(day=day, data=kept)

    def table(self) -> Table:
        """What the service needs."""
        return Table(
            number=self.number.data or 0,
            room=(self.room.data or "").strip(),
            languages=tuple(self.languages.data or ()),
            host_id=int(self.host_id.data) if self.host_id.data else None,
            closed=tuple(int(position) for position in self.closed.data or ()),
        )


class InterpreterForm(BaseForm):
    """One interpreter."""

    name = StringField(lazy_pgettext("person", "Name"), [DataRequired(NAME_ASKED), NAME])
    pair = SelectField(
        _l("Interprets between"), description=_l("The timetable counts on this pair of languages.")
    )
    others = TickField(_l("Could also interpret between"))
    phone = StringField(_l("Phone"), [Length(max=40, message=TOO_LONG)])
    closed = TickField(_l("Not there at"))

    def __init__(self, *args: Any, day: B2bDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair.choices = self.others.choices = choices.pair_choices(day)
        self.closed.choices = choices.slot_choices(day)

    @classmethod
    def of(cls, day: B2bDay, row: DayInterpreter) -> "InterpreterForm":
        """The form with what is kept."""
        kept = {
            "name": row.name,
            "pair": row.pairs[0] if row.pairs else "",
            "others": row.pairs[1:],
            "phone": row.phone,
            "closed": [str(position) for position in row.closed],
        }
        return cls(day=day, data=kept)

    def interpreter(self) -> Interpreter:
        """What the service needs."""
        pairs = dict.fromkeys((self.pair.data, *(self.others.data or ())))
        return Interpreter(
            name=(self.name.data or "").strip(),
            pairs=tuple(pair for pair in pairs if pair),
            phone=(self.phone.data or "").strip(),
            closed=tuple(int(position) for position in self.closed.data or ()),
        )


class CancelForm(BaseForm):
    """Calling a day off."""

    reason = TextAreaField(
        _l("Why it is cancelled"),
        [InputRequired(_l("Say why the day is cancelled.")), Length(max=1000, message=TOO_LONG)],
        description=_l("Everybody who takes part reads this."),
        render_kw={"rows": 3},
    )
