"""The annual report of a memorandum as a paper: record, figures of the year, indicators, plan, meetings, overrides."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import in_language, show_date, show_number
from matchmaker.core.pdf import render_pdf
from matchmaker.institutions.letter_heads import letter_heads
from matchmaker.mous import queries as mous
from matchmaker.mous import rules, wording
from matchmaker.mous.figures import FIGURES, Total, total
from matchmaker.mous.indicators import queries
from matchmaker.mous.indicators.rules import planned_by
from matchmaker.mous.models import Mou
from matchmaker.mous.plans import queries as plans
from matchmaker.mous.plans import words as plan_words
from matchmaker.reference import countries


def annual_report(mou: Mou, year: int, language: str, as_of: date | None = None) -> bytes:
    """The report of a calendar year in a language; of the running year up to today, or as of an earlier day."""
    with in_language(language):
        data = report_data(mou, year, language, as_of)
        title = data["heading"]
    heads = letter_heads(party.institution for party in mou.parties)
    return render_pdf("mou_report", data, language, title=title, made_at=clock.now(), heads=heads)


def report_data(mou: Mou, year: int, language: str, as_of: date | None = None) -> dict[str, Any]:
    """What the paper says, formatted in the language being written.

    As of a past day figures come out as they were on it where their records are kept; each other one says that it counts
    what is recorded today. Targets and the states of the plan are those of today and say so too.
    """
    day = min(as_of or clock.today(), clock.today())
    since, until = date(year, 1, 1), min(date(year, 12, 31), day)
    past = day < clock.today()
    period = f"{show_date(since)} – {show_date(until)}"
    return {
        "heading": str(_("Annual report %(year)s", year=year)),
        "subject": mou.title(language),
        "period": str(_("%(period)s, as of %(day)s", period=period, day=show_date(day))) if past else period,
        "about": _about(mou, day, language),
        "sections": [
            _table(_("Figures of the year"), [_("Figure"), _("Count")], _figures(mou, since, until, past)),
            _table(
                _today(_("Indicators"), past),
                [_("Indicator"), _("Target"), _("Planned by now"), _("Actual"), _("Until")],
                _indicators(mou, until, language),
            ),
            _table(
                _today(_("Action plan"), past),
                [_("What"), _("Who is responsible"), _("Due on"), _("State")],
                _plan(mou, year, language),
            ),
            _table(_("Joint committee"), [_("Day"), _("Place"), _("Decisions")], _meetings(mou, year, until)),
            _table(
                _("Published without cover"),
                [_("What was missing"), _("Reason")],
                _overrides(mou, year, until),
            ),
        ],
        "none": str(_("None in this year.")),
    }


def _table(title: str, columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": str(title), "columns": [str(name) for name in columns], "rows": rows}


def _today(title: str, past: bool) -> str:
    """A title that says where a report of a past day tells what is recorded today."""
    return str(_("%(what)s, as recorded today", what=title)) if past else title


def _about(mou: Mou, day: date, language: str) -> list[dict[str, str]]:
    parties = "; ".join(
        ", ".join(
            part
            for part in (
                party.institution.name(language),
                countries.label(party.institution.country, language) if party.institution.country else "",
            )
            if part
        )
        for party in mou.parties
    )
    last = rules.last_day(mou, day)
    facts = {
        _("Number"): mou.number,
        _("Parties"): parties,
        _("Areas of cooperation"): "; ".join(str(wording.AREA_LABELS[item.area]) for item in mou.areas),
        _("Signed on"): show_date(mou.signed_on or mou.announced_on),
        _("Status"): str(wording.STATUS_BADGES[rules.status(mou, day)][0]),
        _("Term"): show_date(last) if last else str(_("Not published; counts as in force")),
    }
    return [{"term": str(term), "value": value or "–"} for term, value in facts.items()]


def _figures(mou: Mou, since: date, until: date, past: bool) -> list[list[str]]:
    found = [(figure, total(figure.rows(mou.id, since, until))) for figure in FIGURES.values()]
    return [[_today(str(one.label), past and not one.kept), _counted(sum_, "")] for one, sum_ in found]


def _indicators(mou: Mou, until: date, language: str) -> list[list[str]]:
    rows = []
    for one in queries.indicators(mou.id):
        if one.starts_on <= until and one.ends_on.year >= until.year:
            planned = [_with_unit(number, one.unit) for number in (one.target, planned_by(one, until))]
            actual = _counted(queries.actual(one, until), one.unit)
            rows.append([one.name(language), *planned, actual, show_date(one.ends_on, "medium")])
    return rows


def _counted(found: Total | None, unit: str) -> str:
    """A sum, and where firms stated what would have come anyway, the sum without that."""
    if found is None:
        return str(_("no records yet"))
    whole = _with_unit(found.amount, unit)
    if found.caused is None:
        return whole
    without = _("%(sum)s without what would have come anyway", sum=_with_unit(found.caused, unit))
    return f"{whole}; {without}"


def _with_unit(number: Decimal, unit: str) -> str:
    return f"{show_number(number)} {unit}".strip()


def _plan(mou: Mou, year: int, language: str) -> list[list[str]]:
    both = str(_("Both institutions together"))
    return [
        [
            item.title(language),
            item.institution.short_name if item.institution else both,
            show_date(item.due_on, "medium"),
            str(plan_words.STATES[item.state][0]),
        ]
        for found in plans.plans(mou.id)
        if found.starts_on.year <= year <= found.ends_on.year
        for item in plans.plan(found.id).items
    ]


def _meetings(mou: Mou, year: int, until: date) -> list[list[str]]:
    held = [item for item in plans.meetings(mou.id) if item.held_on.year == year and item.held_on <= until]
    return [
        [
            show_date(item.held_on, "medium"),
            item.place or "–",
            "; ".join(one.text for one in plans.meeting(item.id)[1].decisions) or "–",
        ]
        for item in reversed(held)
        if item.minutes
    ]


def _overrides(mou: Mou, year: int, until: date) -> list[list[str]]:
    return [
        [str(wording.PROBLEM_LABELS[item.problem]), item.reason]
        for item in mous.overrides(mou.id)
        if item.created_at.year == year and item.created_at.date() <= until
    ]
