"""What the first page of a B2B day shows to one reader."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, show_date
from matchmaker.firms.names import place_name
from matchmaker.meetings import figures, pages, queries, rules, words
from matchmaker.meetings.enums import BlockKind
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.reference import countries


@dataclass(frozen=True, slots=True)
class Head:
    """The head of every page of a day: its name, where and when, its state, and the pages beside this one."""

    day: B2bDay
    title: str
    line: str
    badge: tuple[str, str]
    tabs: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ShowPage:
    """One day for one reader."""

    day: B2bDay
    head: Head
    own: list[DayParticipant]
    stats: list[dict[str, Any]]
    facts: list[dict[str, str]]
    course: list[dict[str, str]]
    moves: list[tuple[str, str]]


def title(day: B2bDay) -> str:
    """The name of a day: after the city of its trip, else after the trip."""
    where = place_name(day.programme.city) or day.programme.title(language())
    return str(_("B2B day, %(place)s", place=where))


def head(actor: Actor, day: B2bDay) -> Head:
    """The head of a page of the day."""
    word, kind = words.DAY_STATES[day.state]
    length = ngettext("%(num)s minute", "%(num)s minutes", day.slot_minutes)
    parts = [show_date(day.held_on, "full"), place_name(day.place), _("%(length)s a meeting", length=length)]
    if day.change_minutes:
        parts.append(_("%(minutes)s min to change tables", minutes=day.change_minutes))
    line = " · ".join(part for part in parts if part)
    return Head(day, title(day), line, (str(word), kind), pages.tabs(actor, day))


def show_page(actor: Actor, day: B2bDay) -> ShowPage:
    """Put the first page of a day together."""
    own = queries.own_participants(actor, day.id)
    as_staff = rules.may_see_as_staff(actor, day)
    runs = rules.may_run(actor, day)
    return ShowPage(
        day=day,
        head=head(actor, day),
        own=own,
        stats=figures.stats(day) if as_staff else [],
        facts=_facts(day, as_staff=as_staff),
        course=course(day),
        moves=[
            (verb.value, str(words.DAY_VERBS[verb]))
            for verb in rules.day_verbs(day.state)
            if runs and verb in rules.BUTTONS
        ],
    )


def course(day: B2bDay) -> list[dict[str, str]]:
    """The blocks of the day in order, for a timeline."""
    counts: dict[int, int] = {}
    for slot in day.slots:
        counts[slot.block_id] = counts.get(slot.block_id, 0) + 1
    return [
        {
            "at": day.time_of(block.starts_at),
            "datetime": block.starts_at.isoformat(),
            "title": words.block_name(block, language()),
            "text": _course_line(counts.get(block.id, 0), day.time_of(block.ends_at)),
            "kind": "" if block.kind is BlockKind.MEETINGS else "gap",
        }
        for block in day.blocks
    ]


def _course_line(slots: int, until: str) -> str:
    ends = str(_("until %(time)s", time=until))
    if not slots:
        return ends
    counted = ngettext("%(num)s time for meetings", "%(num)s times for meetings", slots)
    return f"{ends} · {counted}"


def _facts(day: B2bDay, *, as_staff: bool) -> list[dict[str, str]]:
    spoken = language()
    starts = zones.show_at(day.slots[0].starts_at, day.zone) if day.slots else show_date(day.held_on)
    shown = [
        (_("Trip"), day.programme.title(spoken)),
        (_("Begins"), starts),
        (_("Place"), place_name(day.place)),
        (_("Entrance"), place_name(day.entrance)),
        (_("Wishes until"), zones.show_at(day.wishes_until, day.zone)),
    ]
    if as_staff:
        most = str(day.most) if day.most is not None else _("no limit")
        kept = countries.label(day.host_country, spoken) if day.host_country else _("none")
        shown += [
            (_("Meetings guaranteed to each firm"), str(day.least)),
            (_("Most meetings of a firm"), most),
            (_("Side that keeps its tables"), kept),
            (_("Meetings within one side"), _("allowed") if day.same_side else _("not allowed")),
        ]
    return [{"term": str(term), "value": str(value)} for term, value in shown if value]
