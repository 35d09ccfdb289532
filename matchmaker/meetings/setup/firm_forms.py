"""Forms of who takes part in a day, when and with whom."""

from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from matchmaker.core.forms import BaseForm
from matchmaker.meetings.models import DayParticipant, DayPerson
from matchmaker.meetings.setup import choices, firm_queries
from matchmaker.meetings.setup.firm_services import Presence
from matchmaker.meetings.setup.forms import NAME, NAME_ASKED, maybe
from matchmaker.meetings.setup.people_services import Name
from matchmaker.programmes.forms import TickField, moment


class PresenceForm(BaseForm):
    """What staff say of a firm at the day."""

    languages = TickField(_l("Languages"), description=_l("Those that its people speak at the meetings."))
    arrives_at = moment(_l("Arrives"), required=False, description=_l("Day and time at the venue"))
    leaves_at = moment(_l("Leaves"), required=False, description=_l("Day and time at the venue"))
    closed = TickField(_l("Not free at"))
    least = maybe(_l("Guaranteed meetings"), 0, 50, _l("Leave empty for those of the day."))
    most = maybe(_l("Most meetings"), 0, 200, _l("Leave empty for those of the day."))

    def __init__(self, *args: Any, participant: DayParticipant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(participant.day.zone)
        self.languages.choices = choices.language_choices(choices.tongues_of(participant))
        self.closed.choices = choices.slot_choices(participant.day)

    @classmethod
    def of(cls, participant: DayParticipant) -> "PresenceForm":
        """The form with what is kept, moments as they are at the venue."""
        zone = ZoneInfo(participant.day.zone)
        kept = {name: getattr(participant, name) for name in ("languages", "least", "most")}
        for name in ("arrives_at", "leaves_at"):
            at = getattr(participant, name)
            kept[name] = at.astimezone(zone).replace(tzinfo=None) if at else None
        kept["closed"] = [str(position) for position in participant.closed]
        return cls(participant=participant, data=kept)

    def presence(self) -> Presence:
        """What the service needs."""
        arrives, leaves = (
            field.data.replace(tzinfo=self.zone) if field.data else None
            for field in (self.arrives_at, self.leaves_at)
        )
        closed = tuple(int(position) for position in self.closed.data or ())
        spoken = tuple(self.languages.data or ())
        return Presence(spoken, self.least.data, self.most.data, arrives, leaves, closed)


class FreeForm(BaseForm):
    """What a firm says itself."""

    free = TickField(
        _l("When are you free?"), description=_l("Meetings are placed at the marked times only.")
    )
    languages = TickField(_l("Languages"), description=_l("Those that your people speak at the meetings."))
    most = maybe(_l("Most meetings"), 1, 200, _l("Leave empty for as many as possible."))

    def __init__(self, *args: Any, participant: DayParticipant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free.choices = choices.slot_choices(participant.day)
        self.languages.choices = choices.language_choices(choices.tongues_of(participant))

    @classmethod
    def of(cls, participant: DayParticipant) -> "FreeForm":
        """The form with what is kept."""
        free = [str(one.position) for one in participant.day.slots if one.position not in participant.closed]
        kept = {"free": free, "languages": participant.languages, "most": participant.most}
        return cls(participant=participant, data=kept)


class NameForm(BaseForm):
    """Somebody who comes."""

    name = StringField(lazy_pgettext("person", "Name"), [DataRequired(NAME_ASKED), NAME])
    name_romanised = StringField(
        _l("Name in Latin letters"), [NAME], description=_l("Printed on the badge below the name.")
    )
    position = StringField(_l("Position"), [NAME])
    languages = TickField(_l("Languages"))
    account_id = SelectField(
        _l("Account"), description=_l("Whoever has an account finds the meetings in the own calendar.")
    )

    def __init__(self, *args: Any, participant: DayParticipant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = choices.language_choices(choices.tongues_of(participant))
        people = firm_queries.accounts(participant.firm_id)
        self.account_id.choices = [("", _l("None")), *((str(number), name) for number, name in people)]

    @classmethod
    def of(cls, participant: DayParticipant, row: DayPerson) -> "NameForm":
        """The form with what is kept."""
        kept = {name: getattr(row, name) for name in ("name", "name_romanised", "position", "languages")}
        return cls(participant=participant, data=kept | {"account_id": str(row.person_id or "")})

    def who(self) -> Name:
        """What the service needs."""
        texts = {name: (self[name].data or "").strip() for name in ("name", "name_romanised", "position")}
        number = int(self.account_id.data) if self.account_id.data else None
        return Name(**texts, languages=tuple(self.languages.data or ()), account_id=number)
