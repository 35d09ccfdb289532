"""Two people who change one record at once: the second one is told before anything of the first is lost."""

from flask_babel import gettext as _
from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.forms import BaseForm


class ChangedMeanwhile(Conflict):
    """Somebody else changed the record since the form was shown; `version` is what stands now."""

    def __init__(self, version: int) -> None:
        super().__init__(
            _(
                "Somebody else has changed this meanwhile. What you typed is kept here: compare it with what stands now,"
                " then save again."
            )
        )
        self.version = version


def require_version(present: int, seen: int | None) -> None:
    """Raise ChangedMeanwhile unless the record still has the version that the reader saw; None asks for nothing."""
    if seen is not None and seen != present:
        raise ChangedMeanwhile(present)


class VersionedForm(BaseForm):
    """A form over a record; it carries the version of the record when it was shown."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def refuse(self, error: DomainError) -> None:
        """Show a refusal; after a conflict the next attempt is made knowing what stands now."""
        super().refuse(error)
        if isinstance(error, ChangedMeanwhile):
            self.version.raw_data = None
            self.version.data = error.version
