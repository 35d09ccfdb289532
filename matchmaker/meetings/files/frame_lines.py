"""The frame of a day and its blocks out of a list, each line by the verb behind the form: there are only few of them."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.meetings import queries
from matchmaker.meetings.enums import BlockKind
from matchmaker.meetings.files import lines
from matchmaker.meetings.files.lines import Fault, Line
from matchmaker.meetings.models import B2bDay
from matchmaker.meetings.setup import block_services, frame_services, rules
from matchmaker.meetings.setup.block_services import Block
from matchmaker.meetings.setup.frame_services import Frame


def bring_frame(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Change the frame of a day; answers what cannot be."""
    return lines.faults_of(listed, _by_its_verb(actor, day, _frame))


def bring_blocks(actor: Actor, day: B2bDay, listed: Sequence[Line]) -> list[Fault]:
    """Add or change the blocks of a list, and bring the slots in step; answers what cannot be."""
    return lines.faults_of(listed, _by_its_verb(actor, day, _block))


def _by_its_verb(
    actor: Actor, day: B2bDay, write: Callable[[Actor, B2bDay, Line], None]
) -> Callable[[Line], None]:
    """The verb may have written before it refuses: hence a savepoint for each line."""

    def bring(line: Line) -> None:
        with db.session.begin_nested():
            write(actor, queries.day(day.id), line)

    return bring


def _frame(actor: Actor, day: B2bDay, line: Line) -> None:
    host = lines.word(line, "host_country", 2).upper()
    if host and host not in {one.institution.country for one in day.programme.mou.parties}:
        raise DomainError(_("This country is no side of the day."), "host_country")
    least = lines.number(line, "least") or 0
    frame_services.change(
        actor,
        day,
        Frame(
            item_id=day.item_id,
            held_on=day.held_on,
            zone=day.zone,
            place=lines.word(line, "place"),
            entrance=lines.word(line, "entrance"),
            slot_minutes=lines.number(line, "slot_minutes", rules.LEAST_MINUTES, rules.MOST_MINUTES) or 0,
            change_minutes=lines.number(line, "change_minutes", most=60) or 0,
            wishes_until=day.wishes_until,
            least=least,
            most=lines.number(line, "most"),
            fairness=lines.number(line, "fairness") or 0,
            host_country=host,
            same_side=lines.holds(line, "same_side"),
        ),
    )


def _block(actor: Actor, day: B2bDay, line: Line) -> None:
    kind = lines.choice(line, "kind", BlockKind)
    starts, ends = (lines.moment(day, line, name) for name in ("from", "until"))
    if starts is None or ends is None:
        raise DomainError(_("Enter the time."), "from" if starts is None else "until")
    names = (lines.word(line, f"name_{code}") for code in ("tr", "ru", "en"))
    row = next((one for one in day.blocks if one.starts_at == starts), None)
    block_services.save_block(actor, day, Block(kind, starts, ends, *names), row)
