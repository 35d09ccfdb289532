"""The printed summary of an incident: facts, clocks, steps; no name of anybody whose data are concerned."""

from typing import Any

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf
from matchmaker.core.zones import show_datetime
from matchmaker.rights.incidents import pages, words
from matchmaker.rights.incidents.models import Incident


def summary(incident: Incident) -> bytes:
    """The summary as a PDF in the reader's language."""
    made_at = clock.now()
    title = _("Data incident %(number)s", number=incident.id)
    data = {
        "heading": title,
        "subject": incident.title,
        "period": _("As recorded on %(when)s. This paper was sent to nobody.", when=show_datetime(made_at)),
        "about": _about(incident),
        "what_title": _("What happened"),
        "what": incident.what,
        "sections": [_clocks(incident), _entries(incident)],
        "none": _("Nothing"),
    }
    return render_pdf("incident", data, language(), title=title, made_at=made_at)


def _about(incident: Incident) -> list[dict[str, str]]:
    text, _kind = words.STATES[incident.state]
    found = [
        (_("State"), str(text)),
        (_("Discovered"), show_datetime(incident.discovered_at)),
        (_("Happened"), show_datetime(incident.occurred_at) or _("not known yet")),
        (_("People concerned"), pages.persons_word(incident.persons)),
        (_("Kinds of data"), ", ".join(words.class_words(incident.data_classes)) or _("not known yet")),
        (_("Institutions concerned"), ", ".join(one.name(language()) for one in incident.institutions)),
    ]
    return [{"term": term, "value": value} for term, value in found]


def _clocks(incident: Incident) -> dict[str, Any]:
    rows = [
        [
            line.word,
            line.law,
            line.deadline,
            " · ".join(part for part in (line.badge[0], line.time) if part),
            pages.reference_of(incident, one.rule) or "–",
        ]
        for one in incident.clocks
        for line in [pages.clock_line(one, clock.now())]
    ]
    columns = [_("Clock"), _("Law"), _("Deadline"), _("State"), _("Number of the notice")]
    return {"title": _("Clocks"), "columns": columns, "widths": [3, 2, 3, 3, 2], "rows": rows}


def _entries(incident: Incident) -> dict[str, Any]:
    rows = [
        [
            str(line.entry.number),
            show_datetime(line.entry.at),
            " · ".join(part for part in (line.title, line.about) if part),
            _said(line),
            line.entry.by.name,
        ]
        for line in reversed(pages.entry_lines(incident, may_write=False))
    ]
    columns = [_("No."), _("When"), _("Entry"), _("Text"), _("Recorded by")]
    return {"title": _("Steps and measures"), "columns": columns, "widths": [1, 3, 3, 5, 3], "rows": rows}


def _said(line: pages.EntryLine) -> str:
    """The words of an entry with its corrections."""
    number = line.entry.reference
    parts = [line.entry.text, _("Number of the notice: %(number)s", number=number) if number else ""]
    parts += [
        _("%(fact)s: %(old)s → %(new)s", fact=fact, old=old, new=new) for fact, old, new in line.changes
    ]
    if line.corrects:
        parts.append(_("Takes the place of no. %(number)s.", number=line.corrects))
    if line.instead:
        parts.append(_("Corrected by no. %(number)s.", number=line.instead))
    return "\n".join(part for part in parts if part)
