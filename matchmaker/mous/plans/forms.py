"""Forms of action plans and committee meetings."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.mous.forms import TOO_LONG, day_field
from matchmaker.mous.models import Mou
from matchmaker.mous.plans.enums import ItemKind, ItemState
from matchmaker.mous.plans.models import ActionPlan, PlanItem
from matchmaker.mous.plans.words import KINDS, STATES

NOBODY = (0, _l("Both institutions together"))
TITLES = ("title_tr", "title_ru", "title_en")


def _line(label: Any, *, needed: str = "") -> StringField:
    return StringField(
        label, validators=[InputRequired(needed) if needed else Optional(), Length(max=200, message=TOO_LONG)]
    )


def _prose(label: Any) -> TextAreaField:
    return TextAreaField(
        label, validators=[Optional(), Length(max=8000, message=TOO_LONG)], render_kw={"rows": 4}
    )


def _owners(mou: Mou) -> list[tuple[int, Any]]:
    return [NOBODY, *((party.institution_id, party.institution.name(language())) for party in mou.parties)]


class PlanForm(BaseForm):
    """A plan of a period."""

    title = _line(_l("Title"), needed=_l("Enter the title."))
    starts_on = day_field(_l("From"))
    ends_on = day_field(_l("Until"))


class ItemForm(VersionedForm):
    """What stands in a plan."""

    kind = SelectField(
        _l("Kind"), choices=[(item.value, label) for item, label in KINDS.items()], coerce=ItemKind
    )
    title_tr = _line(_l("Title in Turkish"))
    title_ru = _line(_l("Title in Russian"))
    title_en = _line(_l("Title in English"))
    institution = SelectField(_l("Who is responsible"), coerce=int)
    assignee = _line(_l("Person"))
    objective_id = SelectField(_l("Objective"), coerce=int)
    after_ids = SelectMultipleField(
        _l("Has to be done before"),
        description=_l("This item is done only after all of these."),
        coerce=int,
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    starts_on = day_field(_l("Begins on"), needed=False)
    due_on = day_field(_l("Due on"))
    reason = StringField(
        _l("Why the day moves"),
        description=_l("Needed when the due day changes"),
        validators=[Optional(), Length(max=500, message=TOO_LONG)],
    )
    state = SelectField(
        _l("State"), choices=[(item.value, label[0]) for item, label in STATES.items()], coerce=ItemState
    )
    progress = IntegerField(
        _l("Progress in per cent"),
        validators=[Optional(), NumberRange(0, 100, message=_l("Enter a number from 0 to 100."))],
    )
    outcome = _prose(_l("Outcome"))

    def __init__(self, *args: Any, plan: ActionPlan, item: PlanItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution.choices = _owners(plan.mou)
        others = [
            (one.id, one.title(language()), one.kind)
            for one in plan.items
            if item is None or one.id != item.id
        ]
        none = (0, _l("None"))
        self.objective_id.choices = [none, *(one[:2] for one in others if one[2] is ItemKind.OBJECTIVE)]
        self.after_ids.choices = [one[:2] for one in others if one[2] is not ItemKind.OBJECTIVE]
        if not self.after_ids.choices:
            del self.after_ids
        if item is None:
            del self.reason

    def values(self) -> dict[str, Any]:
        """What the service needs."""
        plain = ("kind", *TITLES, "assignee", "starts_on", "due_on", "state", "outcome")
        found = {name: self[name].data if self[name].data is not None else "" for name in plain}
        found["starts_on"] = self.starts_on.data
        found["institution_id"] = self.institution.data or None
        found["progress"] = self.progress.data or 0
        return found | {
            "objective_id": self.objective_id.data or None,
            "after_ids": self.data.get("after_ids") or [],
        }


def stored(item: PlanItem) -> dict[str, Any]:
    """What the form of an existing item starts with."""
    facts = ("kind", *TITLES, "assignee", "starts_on", "due_on", "state", "progress", "outcome")
    names = (*facts, "after_ids", "version")
    found = {name: getattr(item, name) for name in names}
    return found | {
        "institution": item.institution_id or 0,
        "objective_id": item.objective_id or 0,
    }


class MeetingForm(VersionedForm):
    """A meeting of the joint committee."""

    held_on = day_field(_l("Day"))
    place = _line(_l("Place"))
    attendees = _prose(_l("Who took part"))
    minutes = _prose(_l("Minutes"))

    def values(self) -> dict[str, Any]:
        """What the service needs, without the version."""
        texts = {name: self[name].data or "" for name in ("place", "attendees", "minutes")}
        return {"held_on": self.held_on.data, **texts}


class DecisionForm(BaseForm):
    """A decision that becomes a task."""

    text = _line(_l("Decision"), needed=_l("Write what was decided."))
    plan = SelectField(
        lazy_pgettext("action plan", "Plan"), coerce=int, validators=[InputRequired(_l("Choose a plan."))]
    )
    institution = SelectField(_l("Who is responsible"), coerce=int)
    due_on = day_field(_l("Due on"))

    def __init__(self, *args: Any, mou: Mou, plans: list[ActionPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan.choices = [(one.id, one.title) for one in plans]
        self.institution.choices = _owners(mou)
