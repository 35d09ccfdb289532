"""What a firm writes of an opportunity, and putting it into the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from matchmaker.core.before_introduction import refuse_contacts
from matchmaker.core.errors import DomainError
from matchmaker.engines.text.folding import fold
from matchmaker.engines.text.legal_forms import strip_legal_forms
from matchmaker.firms.models import Firm
from matchmaker.firms.names import published_names
from matchmaker.opportunities import queries, rules
from matchmaker.opportunities.enums import PartnerKind, PropertyState, Stage, Supply
from matchmaker.opportunities.models import (
    Opportunity,
    OpportunityGood,
    OpportunityReach,
    OpportunitySector,
    OpportunityText,
)
from matchmaker.reference import hs, nace

LANGUAGES = ("tr", "ru", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in one language."""

    language: str
    title: str = ""
    summary: str = ""
    description: str = ""
    advantages: str = ""
    partner_role: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not any(getattr(self, name) for name in rules.WORDS)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a firm says; `countries` are those whose firms shall read it."""

    texts: Sequence[Words]
    countries: Sequence[str]
    hs_codes: Sequence[str] = ()
    sectors: Sequence[str] = ()
    partnerships: Sequence[str] = ()
    certificates: Sequence[str] = ()
    languages: Sequence[str] = ()
    partner_sizes: Sequence[str] = ()
    partner_kind: PartnerKind | None = None
    stage: Stage | None = None
    property_state: PropertyState | None = None
    supply: Supply | None = None
    quantity: Decimal | None = None
    unit: str = ""
    deadline: date | None = None
    anonymous: bool = False


def check(content: Content, firm: Firm) -> None:
    """Refuse what no opportunity may say, draft or not; raises DomainError at the field."""
    if not any(words.title for words in content.texts):
        begun = next((words.language for words in content.texts if not words.is_empty), LANGUAGES[0])
        raise DomainError(_("Enter a title."), f"title_{begun}")
    for words in content.texts:
        if not words.is_empty and not words.title:
            raise DomainError(_("Enter a title in this language too."), f"title_{words.language}")
        for name in rules.WORDS:
            refuse_contacts(getattr(words, name), f"{name}_{words.language}")
    if content.anonymous:
        _hide_name(content, firm)
    if any(hs.get(code) is None for code in content.hs_codes):
        raise DomainError(_("Choose codes from the list."), "hs_codes")
    if any(nace.get(code) is None for code in content.sectors):
        raise DomainError(_("Choose codes from the list."), "sectors")
    if set(content.countries) - set(queries.partner_countries(firm.country)):
        raise DomainError(_("No memorandum in force joins your country with one of these."), "countries")
    if content.quantity is not None and not content.unit:
        raise DomainError(_("Choose the unit of the amount."), "unit")


def spellings(firm: Firm, *more: str) -> list[str]:
    """The names of a firm, and more, as `names_anybody` looks for them: without legal form, in folded letters."""
    folded = (fold(strip_legal_forms(one)) for one in (*published_names(firm), *more))
    return [name for name in folded if name]


def names_anybody(text: str, names: Sequence[str]) -> bool:
    """Whether a text holds one of the names as whole words, in whatever letters."""
    said = f" {fold(text)} "
    return any(f" {name} " in said for name in names)


def _hide_name(content: Content, firm: Firm) -> None:
    """Refuse words that name a firm which wants to stay unnamed, in whatever letters."""
    names = spellings(firm)
    for words in content.texts:
        for part in rules.WORDS:
            if names_anybody(getattr(words, part), names):
                raise DomainError(
                    _("Take the name of your firm out: you publish without it."), f"{part}_{words.language}"
                )


def put(opportunity: Opportunity, content: Content) -> None:
    """Write the content into the record, keeping the rows that stay the same."""
    have = {text.language: text for text in opportunity.texts}
    opportunity.texts[:] = [_text(have.get(one.language), one) for one in content.texts if not one.is_empty]
    goods = {good.hs_code: good for good in opportunity.goods}
    opportunity.goods[:] = [goods.get(code) or OpportunityGood(hs_code=code) for code in content.hs_codes]
    sectors = {sector.code: sector for sector in opportunity.sectors}
    opportunity.sectors[:] = [sectors.get(code) or OpportunitySector(code=code) for code in content.sectors]
    reaches = {reach.country: reach for reach in opportunity.reaches}
    opportunity.reaches[:] = [
        reaches.get(one) or OpportunityReach(country=one) for one in sorted(content.countries)
    ]
    for name in ("partnerships", "certificates", "languages", "partner_sizes"):
        setattr(opportunity, name, list(getattr(content, name)))
    for name in ("partner_kind", "stage", "property_state", "supply", "quantity", "deadline", "anonymous"):
        setattr(opportunity, name, getattr(content, name))
    opportunity.unit = content.unit if content.quantity is not None else ""
    opportunity.search_text = searched(content)


def _text(row: OpportunityText | None, words: Words) -> OpportunityText:
    text = row or OpportunityText(language=words.language)
    for name in rules.WORDS:
        setattr(text, name, getattr(words, name))
    return text


def searched(content: Content) -> str:
    """The folded words of all languages, with the names of goods and sectors in each."""
    said = [getattr(words, name) for words in content.texts for name in rules.WORDS]
    said += [hs.label(code, language) for code in content.hs_codes for language in LANGUAGES]
    said += [nace.label(code, language) for code in content.sectors for language in LANGUAGES]
    return fold(" ".join((*said, *content.hs_codes)))
