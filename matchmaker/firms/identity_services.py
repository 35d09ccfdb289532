"""Writes of a firm's numbers: each number once in the whole product, filled in from the register, or a request to join."""

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.engines.text.names import name_key
from matchmaker.engines.text.romanisation import romanise_ru, romanise_tr
from matchmaker.firms import queries, rules, sizes
from matchmaker.firms.enums import FirmState, RegisterStatus
from matchmaker.firms.goods_services import Sector, write_sectors
from matchmaker.firms.models import Firm, FirmIdentifier, JoinRequest, RegisterEntry
from matchmaker.firms.registers import queries as registers
from matchmaker.firms.registers.rules import Suggestion, is_mapped, registration_agrees, suggestion
from matchmaker.firms.schemes import PERSON
from matchmaker.firms.services import changing
from matchmaker.firms.signals import join_asked
from matchmaker.reference import identifiers

REGISTRATION_SCHEMES = ("OGRN", "OGRNIP")


class AlreadyRegistered(Conflict):
    """The number belongs to a firm that is here already; firm_id is its number."""

    def __init__(self, firm_id: int) -> None:
        super().__init__(_("A firm with this number is registered already. Ask to join it."))
        self.firm_id = firm_id


def romanised(name: str) -> str:
    """A suggestion for the name in Latin letters."""
    return romanise_tr(romanise_ru(name))[:200]


def set_identifiers(
    actor: Actor, firm: Firm, version: int | None, numbers: dict[str, str], tax_office: str = ""
) -> None:
    """Keep the checked numbers (scheme to value) and fill empty fields from the register.

    Raises AlreadyRegistered when another firm has one of them, also when it was faster by a moment, and DomainError when
    the register contradicts them.
    """
    _refuse_taken(firm, numbers)
    with changing(actor, firm, "identifiers", version):
        _write(firm, numbers)
        firm.tax_office = tax_office
        _fill_in(firm, numbers)


def _refuse_taken(firm: Firm, numbers: dict[str, str]) -> None:
    for scheme, value in numbers.items():
        owner = queries.identifier_owner(scheme, value)
        if owner is not None and owner != firm.id:
            raise AlreadyRegistered(owner)


def _write(firm: Firm, numbers: dict[str, str]) -> None:
    firm_id = firm.id
    have = {(row.scheme, row.value): row for row in firm.identifiers}
    wanted = list(numbers.items())
    try:
        with db.session.begin_nested():
            firm.identifiers[:] = [have[pair] for pair in wanted if pair in have]
            db.session.flush()
            for scheme, value in wanted:
                if (scheme, value) not in have:
                    firm.identifiers.append(FirmIdentifier(firm_id=firm_id, scheme=scheme, value=value))
            db.session.flush()
    except IntegrityError as error:
        db.session.expire_all()
        for scheme, value in wanted:
            owner = queries.identifier_owner(scheme, value)
            if owner is not None and owner != firm_id:
                raise AlreadyRegistered(owner) from error
        raise


def _fill_in(firm: Firm, numbers: dict[str, str]) -> None:
    entry = next(
        (found for value in numbers.values() if (found := registers.register_entry(firm.country, value))),
        None,
    )
    if entry is None:
        firm.register_status = RegisterStatus.NOT_FOUND if registers.knows_register(firm.country) else ""
        return
    _refuse_contradiction(entry, numbers)
    person = any(identifiers.scheme(code).holder == PERSON for code in numbers)
    if not person:
        firm.register_status = RegisterStatus.FOUND
    elif firm.register_status != RegisterStatus.FOUND or not firm.legal_name:
        firm.register_status = RegisterStatus.NAME_TO_CONFIRM
    firm.register_checked_on = clock.today()
    if not is_mapped(entry):
        firm.region_note = (entry.place or entry.register_region)[:500]
        firm.region_code = ""
    offered = suggestion(entry)
    if offered is not None:
        firm.prefilled = [*firm.prefilled, *_take_over(firm, offered)]


def _refuse_contradiction(entry: RegisterEntry, numbers: dict[str, str]) -> None:
    for scheme in REGISTRATION_SCHEMES:
        if scheme in numbers and registration_agrees(entry, numbers[scheme]) is False:
            raise DomainError(
                _("In the register this number belongs to another firm. Check both numbers."),
                f"scheme_{scheme}",
            )


def _take_over(firm: Firm, found: Suggestion) -> list[str]:
    """Fill what is empty; the names of the filled fields."""
    filled = []
    if found.name and not firm.legal_name:
        firm.legal_name, firm.name_key = found.name[:200], name_key(found.name)
        firm.name_romanised = romanised(found.short_name or found.name)
        filled.append("legal_name")
    if found.region_code and not firm.region_code:
        firm.region_code = found.region_code
        filled.append("region_code")
    if found.place and not firm.town:
        firm.town = found.place.rsplit(",", 1)[-1].strip()[:200]
        filled.append("town")
    codes = [code for code in dict.fromkeys((found.main_sector, *found.sectors)) if code]
    if codes and not firm.sectors:
        write_sectors(firm, [Sector(code, found.sector_revision) for code in codes])
        filled.append("sectors")
    if found.size_class and not firm.size_class:
        firm.size_class, firm.size_rule = found.size_class, sizes.FROM_REGISTER
        filled.append("size_class")
    return filled


def ask_to_join(actor: Actor, firm: Firm, note: str) -> JoinRequest:
    """Ask the administrators of a firm, or staff, to be taken in; asking twice leaves one request.

    An unsent registration of the actor that has no number yet is put aside. Raises NotAllowed for people of institutions,
    Conflict for a member.
    """
    if not rules.may_register(actor):
        raise NotAllowed(_("You do not have permission for this."))
    if rules.is_member(actor, firm):
        raise Conflict(_("You belong to this firm already."))
    waiting = queries.open_join_request(firm.id, actor.person_id)
    if waiting is not None:
        return waiting
    request = JoinRequest(firm_id=firm.id, person_id=actor.person_id, note=note)
    db.session.add(request)
    db.session.flush()
    audit.record(actor, "ask_to_join", "firm", firm.id, after={"join_request": request.id})
    _put_draft_aside(actor)
    join_asked.send(None, request=request)
    return request


def _put_draft_aside(actor: Actor) -> None:
    number = queries.draft_of(actor.person_id)
    draft = queries.firm_for_change(number) if number else None
    if draft is not None and draft.state is FirmState.DRAFT and not draft.identifiers:
        draft.state = FirmState.ARCHIVED
        audit.record(actor, "archive", "firm", draft.id, {"state": "draft"}, {"state": "archived"})
