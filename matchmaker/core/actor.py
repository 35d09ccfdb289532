"""Who acts: the signed-in person with institution roles and firm memberships, as plain data for rules."""

from dataclasses import dataclass, field
from enum import StrEnum


class InstitutionRole(StrEnum):
    """What a person may do for an institution."""

    STAFF = "staff"
    COORDINATOR = "coordinator"
    COMPLIANCE = "compliance"
    EXPERT = "expert"
    ADMINISTRATOR = "administrator"


class FirmRole(StrEnum):
    """What a person may do for a firm."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role at one institution; country is None for an international body, `operator` marks the platform's own."""

    role: InstitutionRole
    institution_id: int
    country: str | None
    operator: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """One firm the person belongs to."""

    firm_id: int
    role: FirmRole
    country: str
    firm_name: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one request; the visitor has person_id 0. Flask-Login's user.

    needs_second_factor: has roles at an institution but signed in without the second factor; such an actor has no
    grants and no memberships, and core.access leads it to the set-up page only.
    """

    person_id: int = 0
    name: str = ""
    email: str = ""
    language: str = "en"
    session_id: int = 0
    grants: tuple[Grant, ...] = ()
    memberships: tuple[Membership, ...] = field(default=())
    needs_second_factor: bool = False

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""
        return self.person_id > 0

    @property
    def is_active(self) -> bool:
        """Disabled accounts never become an actor."""
        return self.is_authenticated

    @property
    def is_anonymous(self) -> bool:
        """The opposite of is_authenticated, for Flask-Login."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """The person's number as text, for Flask-Login."""
        return str(self.person_id)

    @property
    def firm(self) -> Membership | None:
        """The firm the person acts for: the first joined."""
        return self.memberships[0] if self.memberships else None

    @property
    def firm_id(self) -> int | None:
        """Number of the firm the person acts for."""
        return self.memberships[0].firm_id if self.memberships else None

    @property
    def country(self) -> str | None:
        """The actor's own side: the firm's country, else that of the first institution role."""
        if self.memberships:
            return self.memberships[0].country
        return next((grant.country for grant in self.grants if grant.country), None)

    @property
    def is_staff(self) -> bool:
        """Whether the person has any role at an institution."""
        return bool(self.grants)

    def has(
        self, *roles: InstitutionRole, country: str | None = None, institution_id: int | None = None
    ) -> bool:
        """Whether one of the roles is held, where given for this country or institution only."""
        return any(
            grant.role in roles
            and (country is None or grant.country == country)
            and (institution_id is None or grant.institution_id == institution_id)
            for grant in self.grants
        )

    @property
    def is_operator(self) -> bool:
        """Whether the person administers the whole installation."""
        return any(grant.operator and grant.role is InstitutionRole.ADMINISTRATOR for grant in self.grants)

    def membership(self, firm_id: int) -> Membership | None:
        """The person's membership in a firm, if any."""
        return next((item for item in self.memberships if item.firm_id == firm_id), None)


VISITOR = Actor()
