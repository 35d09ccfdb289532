"""Form fields that read numbers, dates and codes leniently and keep what was typed when they cannot."""

from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from matchmaker.firms.reading import read_date, read_decimal, read_integer, write_date, write_decimal


class TypedField(Field):
    """A text input whose value is read by `read` and written by `write`; an empty one is None."""

    widget = TextInput()
    inputmode = "numeric"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["render_kw"] = {"inputmode": self.inputmode, "autocomplete": "off"} | options.get(
            "render_kw", {}
        )
        super().__init__(*arguments, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = str(valuelist[0]).strip() if valuelist else ""
        if typed:
            self.data = self.read(typed)
            if self.data is None:
                raise ValueError(self.refusal())

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def read(self, typed: str) -> Any:
        """The value of a text, or None."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The text of a value."""
        raise NotImplementedError

    def refusal(self) -> str:
        """What to do when the text could not be read."""
        raise NotImplementedError


class WholeNumberField(TypedField):
    """A count such as 1 284; `thousands=False` for years."""

    def __init__(self, *arguments: Any, thousands: bool = True, **options: Any) -> None:
        self.thousands = thousands
        super().__init__(*arguments, **options)

    def read(self, typed: str) -> int | None:
        return read_integer(typed)

    def write(self, value: Any) -> str:
        return write_decimal(Decimal(value), reader_locale()) if self.thousands else str(value)

    def refusal(self) -> str:
        return str(_("Enter a whole number, in digits."))


class QuantityField(TypedField):
    """An amount such as 1 284,5."""

    inputmode = "decimal"

    def read(self, typed: str) -> Decimal | None:
        return read_decimal(typed, reader_locale())

    def write(self, value: Any) -> str:
        return write_decimal(Decimal(str(value)), reader_locale())

    def refusal(self) -> str:
        example = write_decimal(Decimal("1284.5"), reader_locale())
        return str(_("Enter a number, such as %(example)s.", example=example))


class DayField(TypedField):
    """A date typed as digits or with the name of the month."""

    inputmode = "text"

    def read(self, typed: str) -> date | None:
        return read_date(typed, reader_locale())

    def write(self, value: Any) -> str:
        return write_date(value)

    def refusal(self) -> str:
        return str(_("Enter a date as day, month and year, such as 31.12.2027."))


class Between:
    """Refuses a number outside a range; what could not be read at all has its message already."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            least, most = (
                write_decimal(Decimal(number), reader_locale()) for number in (self.least, self.most)
            )
            raise ValidationError(_("Enter a number between %(least)s and %(most)s.", least=least, most=most))


def reader_locale() -> Locale:
    """The locale of the reader, English without one."""
    return get_locale() or Locale("en")
