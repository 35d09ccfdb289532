"""Forms of check points and of a scan that is typed in."""

import json
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from matchmaker.core.forms import BaseForm
from matchmaker.core.requests import LARGEST_KEY, kept, key_of_record
from matchmaker.meetings.enums import CheckRule
from matchmaker.meetings.presence.services import Scan
from matchmaker.meetings.presence.words import RULES

MOST_SCANS: Final = 100
LONGEST_CODE: Final = 64


class PointForm(BaseForm):
    """A new check point."""

    name = StringField(
        lazy_pgettext("place", "Name"),
        validators=[
            InputRequired(_l("Enter a name such as Entrance.")),
            Length(max=120, message=_l("Write at most %(max)d letters.")),
        ],
    )
    rule = SelectField(
        _l("How often"),
        choices=[(one.value, word) for one, word in RULES.items()],
        default=CheckRule.ONCE_A_DAY.value,
    )


class ScanForm(BaseForm):
    """One badge: its code, or the person's number where staff found the name."""

    code = StringField(
        _l("Code of the badge"),
        validators=[Length(max=LONGEST_CODE, message=_l("This is no code of a badge."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    person = StringField()

    def validate_code(self, field: StringField) -> None:
        """A code is needed where nobody was chosen by name."""
        if not (field.data or "").strip() and not self.person.data:
            raise ValidationError(_("Scan a badge, type its code or search for the name."))

    def scan(self, key: str, at: datetime) -> Scan:
        """What was scanned; a chosen person stands before a typed code. An impossible number finds nobody."""
        if self.person.data:
            try:
                return Scan(key, at, person_id=key_of_record(self.person.data))
            except ValueError:
                return Scan(key, at)
        return Scan(key, at, code=(self.code.data or "").strip())


class WaitingForm(BaseForm):
    """The scans that a device sends, as a JSON list of {key, at, code or person, offline}."""

    scans = TextAreaField()

    def validate_scans(self, field: TextAreaField) -> None:
        """Refuse what no device of ours sends."""
        try:
            listed = json.loads(field.data or "")
            self.read = [_scan(one) for one in listed]
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            raise ValidationError(_("The scans could not be read.")) from error
        if not isinstance(listed, list) or len(self.read) > MOST_SCANS:
            raise ValidationError(_("The scans could not be read."))


def _scan(one: dict[str, Any]) -> Scan:
    key, code, person = kept(one["key"]), kept(one.get("code") or ""), one.get("person")
    at = datetime.fromisoformat(one["at"])
    if not 8 <= len(key) <= 64 or len(code) > LONGEST_CODE or at.tzinfo is None:
        raise ValueError(one)
    if person is not None and not (isinstance(person, int) and 0 < person <= LARGEST_KEY):
        raise ValueError(one)
    return Scan(key, at, code.strip(), person, one.get("offline") is True)
