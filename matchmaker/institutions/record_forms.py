"""Forms of an institution's own record."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from matchmaker.accounts.forms import trimmed
from matchmaker.core.actor import Actor
from matchmaker.core.files import store_logo
from matchmaker.core.forms import BaseForm
from matchmaker.core.i18n import language
from matchmaker.core.versions import VersionedForm
from matchmaker.institutions import record_services
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.institutions.record_services import Profile
from matchmaker.institutions.role_names import KIND_NAMES
from matchmaker.reference import countries, languages, rest_days


def short_text(
    label: LazyString, missing: LazyString | None = None, hint: LazyString | str = ""
) -> StringField:
    """A line of at most 200 characters; `missing` is what to say when it has to be there and is not."""
    needed = InputRequired(missing) if missing else Optional()
    return StringField(
        label,
        [needed, Length(max=200, message=_l("Use at most 200 characters."))],
        filters=[trimmed],
        description=hint,
    )


class ProfileForm(BaseForm):
    """What an institution says about itself."""

    name_original = short_text(_l("Name in its own language"), _l("Enter the name."))
    name_tr = short_text(_l("Name in Turkish"), _l("Enter the name in Turkish."))
    name_ru = short_text(_l("Name in Russian"), _l("Enter the name in Russian."))
    name_en = short_text(_l("Name in English"), _l("Enter the name in English."))
    short_name = short_text(
        _l("Short name"), _l("Enter the short name."), _l("It stands on letters and lists.")
    )
    city = short_text(_l("City"))
    website = StringField(
        _l("Website"),
        [
            Optional(),
            Length(max=500, message=_l("Use at most %(max)d characters.")),
            Regexp(
                r"^(https?://)?[^\s/:@]+\.[^\s@]+$", message=_l("Enter an address such as www.example.com.")
            ),
        ],
        filters=[trimmed],
        render_kw={"inputmode": "url", "autocomplete": "url"},
    )
    language = SelectField(_l("Language"), validate_choice=False)
    languages = SelectMultipleField(
        _l("Further languages"),
        [Optional()],
        description=_l("What its people speak besides. Hold Ctrl to choose several."),
        render_kw={"size": 8},
    )
    letter_lines = TextAreaField(
        _l("Address on letters"),
        [Optional()],
        description=_l(
            "Street and post address, at most four lines. They stand at the head of letters and certificates."
        ),
        render_kw={"rows": 4},
    )
    rest_country = SelectField(
        _l("Rest days"),
        description=_l("The country whose public holidays an international body keeps."),
        validate_choice=False,
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        spoken = languages.names(language())
        self.language.choices = list(spoken.items())
        self.languages.choices = list(spoken.items())
        known = [pair for pair in countries.names(language()).items() if rest_days.is_known(pair[0])]
        self.rest_country.choices = [("", _("None")), *known]

    def profile(self) -> Profile:
        """What was typed; an address without a scheme becomes a secure one."""
        website = self.website.data or ""
        return Profile(
            name_original=self.name_original.data or "",
            name_tr=self.name_tr.data or "",
            name_ru=self.name_ru.data or "",
            name_en=self.name_en.data or "",
            short_name=self.short_name.data or "",
            city=self.city.data or "",
            website=f"https://{website}" if website and "://" not in website else website,
            language=self.language.data or "",
            languages=" ".join(self.languages.data or []),
            letter_lines=self.letter_lines.data or "",
            rest_country=self.data.get("rest_country"),
        )


class RecordForm(ProfileForm):
    """A further institution."""

    kind = RadioField(
        _l("Kind"),
        [InputRequired(_l("Choose a kind."))],
        choices=[
            (str(kind), name) for kind, name in KIND_NAMES.items() if kind is not InstitutionKind.OPERATOR
        ],
        coerce=InstitutionKind,
    )
    country = SelectField(
        _l("Country"), description=_l("Leave it empty for an international body."), validate_choice=False
    )
    code = StringField(
        _l("Code"),
        [InputRequired(_l("Enter a code."))],
        filters=[trimmed],
        description=_l("Short and lasting, in Latin letters; it cannot be changed later."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.country.choices = [("", _("None")), *countries.names(language()).items()]

    def record(self, actor: Actor) -> Institution:
        """Record it; raises DomainError."""
        return record_services.record_institution(
            actor,
            code=self.code.data or "",
            kind=self.kind.data,
            country=self.country.data or "",
            profile=self.profile(),
        )


class EditForm(VersionedForm, ProfileForm):
    """The page of an institution, with its logo."""

    logo = FileField(_l("Logo"), description=_l("PNG, JPEG or WebP. It is shown at most 256 pixels wide."))
    remove = BooleanField(_l("Remove the present logo"))

    def __init__(self, institution: Institution) -> None:
        stored = {name: getattr(institution, name) for name in Profile.__dataclass_fields__}
        stored |= {"languages": institution.languages.split(), "rest_country": institution.rest_country or ""}
        super().__init__(data=stored | {"version": institution.version})
        self.institution = institution
        if institution.country:
            del self.rest_country
        if institution.logo_id is None:
            del self.remove

    def apply(self, actor: Actor) -> None:
        """Keep what was typed and chosen; raises DomainError."""
        seen = self.version.data
        record_services.change_institution(actor, self.institution, self.profile(), version=seen)
        if self.logo.data:
            record_services.set_logo(actor, self.institution, store_logo(actor, self.logo.data, "logo"))
        elif self.data.get("remove"):
            record_services.set_logo(actor, self.institution, None)
