"""Fields that the forms of exchanges share, and windows of days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import LANGUAGE_NAMES, LANGUAGES
from matchmaker.programmes.exchanges.rules import LONGEST_TEXT, Window, windows

NEEDED = _l("Fill this in.")
TOO_LONG = _l("Write at most %(max)d letters.")
ROWS = (1, 2, 3)


def one_line(label: Any, most: int = 200, *, required: bool = True, **options: Any) -> StringField:
    """One line of text."""
    first = DataRequired(NEEDED) if required else Optional()
    return StringField(label, validators=[first, Length(max=most, message=TOO_LONG)], **options)


def lines(label: Any, *, required: bool = True, rows: int = 4, **options: Any) -> TextAreaField:
    """Several lines of text."""
    first = DataRequired(NEEDED) if required else Optional()
    validators = [first, Length(max=LONGEST_TEXT, message=TOO_LONG)]
    return TextAreaField(label, validators=validators, render_kw={"rows": rows}, **options)


def day(label: Any) -> DateField:
    """A day that may be left empty."""
    return DateField(label, validators=[Optional()])


def typed(field: Any) -> str:
    """What was typed, without spaces around it."""
    return (field.data or "").strip()


class WindowsForm(BaseForm):
    """Three windows of days, of which the empty ones do not count."""

    first_1 = day(_l("First day of window 1"))
    last_1 = day(_l("Last day of window 1"))
    first_2 = day(_l("First day of window 2"))
    last_2 = day(_l("Last day of window 2"))
    first_3 = day(_l("First day of window 3"))
    last_3 = day(_l("Last day of window 3"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also name, beside its day, a window that is half or turned round, or meets another."""
        fine: bool = super().validate(extra_validators=extra_validators)
        found: list[Window] = []
        for row in ROWS:
            first, last = self[f"first_{row}"], self[f"last_{row}"]
            problem = None
            if (first.data is None) != (last.data is None):
                problem = _("Give both the first and the last day.")
            elif first.data and last.data and last.data < first.data:
                problem = _("The last day lies before the first.")
            elif first.data and last.data:
                window = Window(first.data, last.data)
                problem = (
                    _("This window meets another.") if any(window.meets(other) for other in found) else None
                )
                found.append(window)
            if problem and not (first.errors or last.errors):
                last.errors = [problem]
                fine = False
        return fine

    def windows(self) -> tuple[Window, ...]:
        """The windows that were filled in, in order of time."""
        pairs = ((self[f"first_{row}"].data, self[f"last_{row}"].data) for row in ROWS)
        return tuple(sorted(Window(first, last) for first, last in pairs if first and last))


def window_values(stored: Sequence[Any]) -> dict[str, date]:
    """What the fields of the windows show of stored ones."""
    found: dict[str, date] = {}
    for row, window in enumerate(windows(stored)[: len(ROWS)], start=1):
        found |= {f"first_{row}": window.first, f"last_{row}": window.last}
    return found


def tongues() -> list[tuple[str, str]]:
    """The languages of the product by their own names."""
    return [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]


def sent_file(field: Any) -> FileStorage | None:
    """The file that was sent, if any."""
    return field.data if isinstance(field.data, FileStorage) and field.data.filename else None
