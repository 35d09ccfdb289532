"""Tables and interpreters of a day out of a list: as staff write them into the forms, with everything read once."""

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.meetings import queries
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay, DayInterpreter
from matchmaker.meetings.setup import queries as setup_queries
from matchmaker.meetings.setup import table_services
from matchmaker.meetings.setup.frame_services import to_change
from matchmaker.meetings.setup.table_services import Interpreter, Table


def bring_tables(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Add or change the tables of a list; answers what cannot be."""
    day = to_change(actor, day)
    firms = {one.firm_id: one for one in queries.participants(day.id)}
    taken = setup_queries.tables_in_use(day.id)
    there = {one.number: one for one in day.tables}

    def bring(line: Line) -> None:
        host = lines.firm(firms, line, "host_id") if lines.number(line, "host_id") else None
        wanted = Table(
            number=lines.number(line, "number", least=1) or 0,
            room=lines.word(line, "room"),
            languages=lines.tongues(line, ()),
            host_id=host.id if host else None,
            closed=lines.slots(day, line, "closed"),
        )
        row = there.get(wanted.number)
        if row is None:
            (row,) = table_services.add_tables_behind(actor, day, 1, "", ())
        table_services.save_table_behind(actor, day, row, wanted, taken.get(row.id, set()))

    return lines.faults_of(listed, bring)


def bring_interpreters(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Add or change the interpreters of a list, a line of a namesake the next of them; answers what cannot be."""
    day = to_change(actor, day)
    taken = setup_queries.interpreters_in_use(day.id)
    there: dict[str, list[DayInterpreter]] = defaultdict(list)
    for one in day.interpreters:
        there[one.name].append(one)

    def bring(line: Line) -> None:
        name = lines.name(line)
        shut = lines.slots(day, line, "closed")
        wanted = Interpreter(name, _pairs(line), lines.word(line, "phone", 40), shut)
        row = there[name].pop(0) if there[name] else None
        busy = taken.get(row.id, set()) if row else set()
        table_services.save_interpreter_behind(actor, day, wanted, row, busy)

    return lines.faults_of(listed, bring)


def _pairs(line: Line) -> tuple[str, ...]:
    found = []
    for text in line.get("pairs", "").replace(",", " ").split():
        codes = sorted(text.casefold().split("-"))
        if len(codes) != 2 or any(not lines.is_language(code) for code in codes):
            raise DomainError(_("“%(text)s” is no pair of languages such as ru-tr.", text=text[:40]), "pairs")
        found.append("-".join(codes))
    return tuple(dict.fromkeys(found))
