"""What a new institution still needs before it can work, told by its own record and by the domains above."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import InstitutionRole
from matchmaker.institutions import queries
from matchmaker.institutions.models import Institution
from matchmaker.institutions.signals import steps_asked


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: its name in the reader's language, whether it is done, and the page where it is done."""

    label: str
    done: bool
    path: str


def first_steps(institution: Institution) -> list[Step]:
    """People first, then what higher domains tell, then the letter head."""
    held = queries.roles_held(institution.id)
    labels = {
        InstitutionRole.ADMINISTRATOR: _("An administrator, who invites the others"),
        InstitutionRole.COORDINATOR: _("A coordinator, who approves introductions"),
        InstitutionRole.COMPLIANCE: _("A compliance officer, who clears screening"),
    }
    people = [
        Step(label, role in held, url_for("institutions.invite", institution_id=institution.id, role=role))
        for role, label in labels.items()
    ]
    above = [step for _receiver, told in steps_asked.send(institution.id) for step in told]
    edit = url_for("institutions.edit", institution_id=institution.id)
    return [
        *people,
        *above,
        Step(_("An address for the head of letters"), bool(institution.letter_lines), edit),
    ]
