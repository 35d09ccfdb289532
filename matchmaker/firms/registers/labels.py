"""The sentences behind the reasons and flaws of imports, in the reader's language."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from matchmaker.firms.registers.columns import Column
from matchmaker.firms.registers.entries import Reason
from matchmaker.firms.registers.lists import Outcome
from matchmaker.firms.registers.sheets import BadSheet, SheetProblem
from matchmaker.firms.registers.tables import CellFlaw, Flaw

REASONS: dict[Reason, LazyString] = {
    Reason.BROKEN_XML: _l("The XML of the entry is broken"),
    Reason.UNCLOSED: _l("The entry is not closed before the next one begins"),
    Reason.CUT_OFF: _l("The file ends inside the entry"),
    Reason.TOO_LARGE: _l("The entry is larger than any real one"),
    Reason.UNKNOWN_KIND: _l("The kind of subject is unknown or contradicts the entry"),
    Reason.UNKNOWN_CATEGORY: _l("The size category is unknown"),
    Reason.MISSING_IDENTIFIER: _l("The tax number is missing"),
    Reason.BAD_IDENTIFIER: _l("The tax number is wrong"),
    Reason.BAD_REGISTRATION: _l("The registration number is wrong"),
    Reason.MISSING_NAME: _l("The name is missing"),
    Reason.TOO_LONG: _l("A text is longer than any real one"),
    Reason.BAD_DATE: _l("A date is missing or wrong"),
    Reason.BAD_ACTIVITY: _l("A code of activity is wrong"),
    Reason.NOT_XML: _l("This file of the zip is not XML and was left out"),
    Reason.ENCRYPTED: _l("This file of the zip is encrypted"),
    Reason.COMPRESSION: _l("This file of the zip is packed in a way that is not accepted"),
    Reason.DAMAGED: _l("This file of the zip is damaged; what follows could not be read"),
    Reason.DOCUMENT_TYPE: _l("This file of the zip declares a document type, which the register never does"),
    Reason.ENCODING: _l("This file of the zip declares an encoding that is not accepted"),
    Reason.NOT_A_REGISTER: _l("This file of the zip is not of the register's form"),
    Reason.FORM_VERSION: _l("This file of the zip has an unknown version of the form"),
    Reason.UNSOUND: _l("This file of the zip is too broken to go on"),
    Reason.COUNT_DIFFERS: _l("This file of the zip holds another number of entries than it declares"),
}

SHEET_PROBLEMS: dict[SheetProblem, LazyString] = {
    SheetProblem.EMPTY: _l("This file is empty."),
    SheetProblem.TOO_LARGE: _l("This file is too large. Split it into several lists."),
    SheetProblem.TOO_MANY_ROWS: _l("This list has too many rows. Split it into several lists."),
    SheetProblem.OLD_EXCEL: _l("This is the old Excel format. Save it as XLSX or CSV."),
    SheetProblem.NOT_A_TABLE: _l("This file is neither CSV nor XLSX, or it is damaged."),
    SheetProblem.UNSOUND: _l("This workbook contains parts that are not accepted. Save it again from Excel."),
    SheetProblem.NO_HEADER: _l("No row with column headings was found."),
    SheetProblem.TWICE: _l("Two columns have the same meaning. Remove one of them."),
    SheetProblem.NO_IDENTIFIER: _l("No column with the tax number (VKN or INN) was found."),
    SheetProblem.NO_NAME: _l("No column with the name of the firm was found."),
}

FLAWS: dict[Flaw, LazyString] = {
    Flaw.BROKEN_QUOTES: _l("The quotation marks of this row do not match"),
    Flaw.BAD_CHARACTERS: _l("Some characters could not be read"),
    Flaw.FORMULA: _l("The cell holds a formula; paste its value"),
    Flaw.MISSING: _l("This is missing"),
    Flaw.TOO_LONG: _l("This is too long"),
    Flaw.TWO_IDENTIFIERS: _l("Give only one tax number in a row"),
    Flaw.NOT_DIGITS: _l("A tax number has digits only"),
    Flaw.BAD_NUMBER: _l("This is not a number"),
    Flaw.NEGATIVE: _l("This cannot be negative"),
    Flaw.NOT_WHOLE: _l("This must be a whole number"),
    Flaw.TOO_BIG: _l("This number is too large"),
    Flaw.BAD_ACTIVITY: _l("This is not a code of activity"),
    Flaw.BAD_HS: _l("This is not an HS code"),
    Flaw.TOO_MANY: _l("These are too many codes"),
    Flaw.BAD_IDENTIFIER: _l("The check digit or length of the tax number is wrong"),
    Flaw.REPEATED: _l("The same tax number stands in an earlier row"),
    Flaw.UNKNOWN_COUNTRY: _l("The country is unknown or does not fit the tax number"),
    Flaw.OTHER_COUNTRY: _l("You import firms of your own side only"),
    Flaw.UNKNOWN_CURRENCY: _l("The currency is unknown"),
    Flaw.UNKNOWN_REGION: _l("The region was not found in the country"),
    Flaw.UNKNOWN_ACTIVITY: _l("The classification does not have this code of activity"),
    Flaw.UNKNOWN_HS: _l("HS 2022 does not have this code"),
    Flaw.FORMULA_SIGN: _l("Signs of a formula were taken off the beginning"),
    Flaw.ZERO_RESTORED: _l("A zero that the table program had dropped was put back"),
    Flaw.SHORTENED: _l("A national code was cut to six digits"),
}

COLUMNS: dict[Column, LazyString] = {
    Column.VKN: _l("Turkish tax number"),
    Column.TCKN: _l("Turkish identity number"),
    Column.INN: _l("Russian tax number"),
    Column.IDENTIFIER: _l("Tax number"),
    Column.COUNTRY: _l("Country"),
    Column.NAME: lazy_pgettext("firm", "Name"),
    Column.NACE: _l("NACE code"),
    Column.OKVED: _l("OKVED code"),
    Column.REGION: _l("Region"),
    Column.TOWN: _l("Town"),
    Column.HEADCOUNT: _l("Headcount"),
    Column.TURNOVER: _l("Turnover"),
    Column.CURRENCY: _l("Currency"),
    Column.OFFERED: _l("HS codes offered"),
    Column.SOUGHT: _l("HS codes sought"),
}

OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.CREATED: _l("New firms"),
    Outcome.UPDATED: _l("Changed firms"),
    Outcome.SAME: _l("Unchanged firms"),
    Outcome.KEPT: _l("Firms that look after themselves already"),
    Outcome.REFUSED: _l("Rows with errors"),
}


def sheet_problem(error: BadSheet) -> str:
    """The sentence about a file that cannot be read."""
    return str(SHEET_PROBLEMS[error.problem])


def finding(reason: str) -> tuple[str, str]:
    """Sentence and detail of a stored finding of a register import."""
    code, _sign, detail = reason.partition(": ")
    return (str(REASONS[Reason(code)]) if code in set(Reason) else code), detail


def cell_flaw(flaw: CellFlaw) -> tuple[str, str]:
    """Name of the column, empty for the whole row, and the sentence."""
    return (str(COLUMNS[flaw.column]) if flaw.column else ""), str(FLAWS[flaw.flaw])
