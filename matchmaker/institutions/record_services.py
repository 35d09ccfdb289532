"""Writes of institutions' own records: recording one, changing its page, its logo."""

from dataclasses import asdict, dataclass, replace

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError, NotAllowed
from matchmaker.core.files import StoredFile
from matchmaker.core.versions import require_version
from matchmaker.institutions import queries, rules
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution
from matchmaker.reference import countries, languages, rest_days


@dataclass(frozen=True, slots=True)
class Profile:
    """What an institution says about itself; `languages` are codes with blanks between, `rest_country` "" for none."""

    name_original: str
    name_tr: str
    name_ru: str
    name_en: str
    short_name: str
    city: str = ""
    website: str = ""
    language: str = "en"
    languages: str = ""
    letter_lines: str = ""
    rest_country: str | None = None


def record_institution(
    actor: Actor, *, code: str, kind: InstitutionKind, country: str, profile: Profile
) -> Institution:
    """Take a further institution in; raises DomainError at the field that will not do, NotAllowed for its people.

    Two who record the same code at once are told apart by the database.
    """
    if not rules.may_record(actor) or kind is InstitutionKind.OPERATOR:
        raise NotAllowed(_("Only the operator of the platform records institutions."))
    _check_country(kind, country)
    made = Institution(
        code=_free_code(code),
        kind=kind,
        country=country or None,
        **asdict(_checked(profile, country or None)),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
    except IntegrityError as error:
        raise _code_taken() from error
    audit.record(
        actor,
        "record",
        "institution",
        made.id,
        after={"code": made.code, "kind": str(kind), "country": country},
    )
    db.session.flush()
    return made


def change_institution(
    actor: Actor, institution: Institution, profile: Profile, *, version: int | None = None
) -> None:
    """Change what an institution says about itself; raises DomainError at the field that will not do.

    Raises ChangedMeanwhile where somebody changed it since `version` was read.
    """
    locked = queries.institution(institution.id, locked=True)
    require_version(locked.version, version)
    new = asdict(_checked(profile, locked.country))
    changed = [name for name, value in new.items() if getattr(locked, name) != value]
    if not changed:
        return
    before = {name: getattr(locked, name) for name in changed}
    for name in changed:
        setattr(locked, name, new[name])
    audit.record(
        actor, "change", "institution", locked.id, before=before, after={name: new[name] for name in changed}
    )
    db.session.flush()


def set_logo(actor: Actor, institution: Institution, logo: StoredFile | None) -> None:
    """Keep or, with None, take away the logo."""
    locked = queries.institution(institution.id, locked=True)
    before, locked.logo_id = locked.logo_id, logo.id if logo else None
    if before != locked.logo_id:
        audit.record(
            actor,
            "set_logo",
            "institution",
            locked.id,
            before={"logo": before},
            after={"logo": locked.logo_id},
        )
    db.session.flush()


def _free_code(typed: str) -> str:
    code = rules.code_of(typed)
    if code is None:
        raise DomainError(_("Use 2 to 40 Latin letters, digits and hyphens."), "code")
    if queries.is_code_taken(code):
        raise _code_taken()
    return code


def _code_taken() -> DomainError:
    return DomainError(_("Another institution has this code."), "code")


def _check_country(kind: InstitutionKind, country: str) -> None:
    texts = {
        rules.CountryFault.NEEDLESS: _("An international body has no country. Leave this empty."),
        rules.CountryFault.MISSING: _("Choose the country."),
        rules.CountryFault.UNKNOWN: _("Choose a country of the list."),
    }
    fault = rules.country_fault(kind, country, countries.exists(country))
    if fault is not None:
        raise DomainError(texts[fault], "country")


def _checked(profile: Profile, country: str | None) -> Profile:
    """The profile in its stored form; a body with a country keeps the rest days of that one."""
    spoken = [code for code in profile.languages.split() if code != profile.language]
    if any(code not in languages.BUSINESS_LANGUAGES for code in (profile.language, *spoken)):
        raise DomainError(_("Choose a language of the list."), "language")
    if not rules.fits_letter(profile.letter_lines):
        raise DomainError(
            _(
                "Use at most %(lines)s lines of %(letters)s letters.",
                lines=rules.MOST_LETTER_LINES,
                letters=rules.LONGEST_LETTER_LINE,
            ),
            "letter_lines",
        )
    rest = None if country else profile.rest_country or None
    if rest is not None and not rest_days.is_known(rest):
        raise DomainError(_("The rest days of this country are not known."), "rest_country")
    lines = "\n".join(rules.letter_lines(profile.letter_lines))
    return replace(profile, languages=" ".join(spoken), letter_lines=lines, rest_country=rest)
