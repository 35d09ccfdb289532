"""The words of lists: forms, kinds of parties, problems of files and flaws of lines."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.compliance.enums import EntryKind, ListForm
from matchmaker.compliance.lists.lines import Flaw, ListProblem
from matchmaker.compliance.lists.own_form import Column

FORMS: dict[ListForm, LazyString] = {
    ListForm.OWN: _l("Table with our own columns (CSV or XLSX)"),
    ListForm.OPENSANCTIONS: _l("OpenSanctions, targets.simple.csv"),
    ListForm.UN: _l("UN Security Council, consolidated list (XML)"),
    ListForm.EU: _l("European Union, consolidated list 1.1 (XML)"),
    ListForm.OFAC: _l("OFAC, SDN or consolidated list (XML)"),
}
KINDS: dict[EntryKind, LazyString] = {
    EntryKind.PERSON: _l("Natural person"),
    EntryKind.ENTITY: _l("Organisation"),
    EntryKind.VESSEL: _l("Vessel"),
    EntryKind.AIRCRAFT: _l("Aircraft"),
    EntryKind.OTHER: _l("Not said"),
}
COLUMNS: dict[Column, LazyString] = {
    Column.KIND: _l("person, organisation, vessel or aircraft"),
    Column.NAME: _l("the name as the list prints it"),
    Column.ALIASES: _l("other names and spellings, in any script"),
    Column.NUMBERS: _l("tax, registration and document numbers"),
    Column.COUNTRY: _l("countries of the party"),
    Column.REFERENCE: _l("the number of the entry on its list; it tells the same entry in the next version"),
    Column.PROGRAMME: _l("programme or legal ground"),
    Column.DATE: _l("day of listing: 2026-05-31, 31.05.2026 or 31/05/2026"),
}
PROBLEMS: dict[ListProblem, LazyString] = {
    ListProblem.EMPTY: _l("This file is empty."),
    ListProblem.TOO_LARGE: _l("This file is too large to be a list."),
    ListProblem.TOO_MANY: _l("This file has more entries than any list."),
    ListProblem.UNKNOWN_FORM: _l("This file has none of the forms that are understood."),
    ListProblem.BROKEN_XML: _l(
        "The XML of this file is broken or ends too early. Download it again and retry."
    ),
    ListProblem.DOCUMENT_TYPE: _l(
        "This file declares a document type, which no list does. It may be a page of a website."
    ),
    ListProblem.UNSOUND: _l("This file holds parts that no list has."),
    ListProblem.OLD_EXCEL: _l("This is the old Excel format. Save it as XLSX or CSV."),
    ListProblem.NO_HEADER: _l("No row with column headings was found."),
    ListProblem.TWICE: _l("Two columns have the same meaning. Remove one of them."),
    ListProblem.NO_NAME: _l("No column with the names of the listed parties was found."),
    ListProblem.NO_ENTRIES: _l("This file has no entry that can be taken."),
}
FLAWS: dict[Flaw, LazyString] = {
    Flaw.BROKEN_QUOTES: _l("The quotation marks of this row do not match"),
    Flaw.BAD_CHARACTERS: _l("Some characters could not be read"),
    Flaw.FORMULA: _l("The cell holds a formula; paste its value"),
    Flaw.NO_NAME: _l("The name is missing"),
    Flaw.UNKNOWN_KIND: _l("The kind is not known; the entry is taken without it"),
    Flaw.BAD_DATE: _l("The date is not understood; the entry is taken without it"),
    Flaw.SHORTENED: _l("A text is longer than any real one and was cut"),
    Flaw.TOO_MANY_VALUES: _l("More names or numbers than any real entry has; the last ones were left out"),
    Flaw.REPEATED: _l("The reference stands in the file before; both entries are kept"),
}


def list_problem(problem: str, detail: str = "") -> str:
    """The sentence about a file that cannot be taken, with the spot."""
    sentence = str(PROBLEMS[ListProblem(problem)])
    return f"{sentence} ({detail})" if detail else sentence
