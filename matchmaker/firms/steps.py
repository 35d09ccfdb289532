"""The steps of a registration, in order; the same pages change a profile later."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.errors import NotFound
from matchmaker.firms import rules
from matchmaker.firms.enums import FirmState
from matchmaker.firms.forms import (
    CountryStepForm,
    LanguagesForm,
    NamesForm,
    PassStepForm,
    PlaceForm,
    SizeForm,
    StepForm,
)
from matchmaker.firms.identifier_forms import identifiers_form
from matchmaker.firms.list_forms import MarketsForm, OfferedForm, PartnershipsForm, SectorsForm, SoughtForm
from matchmaker.firms.models import Firm
from matchmaker.firms.presentation_forms import LogoForm, TextsForm, VisibilityForm
from matchmaker.reference import size_rules

SECTIONS: tuple[LazyString, ...] = (
    _l("Country"),
    _l("Which firm"),
    _l("Size and sector"),
    _l("Goods and partners"),
    _l("Presentation"),
    _l("Check and send"),
)
CHECK = "check"


@dataclass(frozen=True, slots=True)
class Step:
    """One question: its word in the address, part of the registration, name, heading, lead and form.

    `key`: a change re-opens the approval of a verified firm. `multipart`: a file is sent.
    """

    name: str
    section: int
    label: LazyString
    question: LazyString
    lead: LazyString
    form: Callable[..., StepForm]
    key: bool = False
    multipart: bool = False

    @property
    def elsewhere(self) -> bool:
        """Whether the answers are given on pages of their own, so that there is nothing to save here."""
        return self.form is PassStepForm


STEPS: tuple[Step, ...] = (
    Step(
        "country",
        1,
        _l("Country"),
        _l("Where is your firm registered?"),
        _l("The country decides which numbers and rules apply."),
        CountryStepForm,
    ),
    Step(
        "identifiers",
        2,
        _l("Numbers"),
        _l("Which firm is yours?"),
        _l("Where we have the national register, the tax number fills in the rest for you."),
        identifiers_form,
        key=True,
    ),
    Step(
        "names",
        2,
        _l("Names"),
        _l("What is your firm called?"),
        _l("Partners see the name in both scripts."),
        NamesForm,
        key=True,
    ),
    Step(
        "place",
        2,
        _l("Place"),
        _l("Where is your firm?"),
        _l("The region helps partners nearby to find you."),
        PlaceForm,
    ),
    Step(
        "size",
        3,
        _l("Size"),
        _l("How large is your firm?"),
        _l("The size class follows from these figures by the rule of your country."),
        SizeForm,
        key=True,
    ),
    Step(
        "sectors",
        3,
        _l("Sectors"),
        _l("What does your firm do?"),
        _l("Begin with the code of your main activity, as it is registered."),
        SectorsForm,
    ),
    Step(
        "offered",
        4,
        _l("Goods offered"),
        _l("What do you sell?"),
        _l("These lines are compared with what others look for."),
        OfferedForm,
        key=True,
    ),
    Step(
        "sought",
        4,
        _l("Goods sought"),
        _l("What do you look for?"),
        _l("Firms that say what they need are found by those who have it."),
        SoughtForm,
        key=True,
    ),
    Step(
        "certificates",
        4,
        _l("Certificates"),
        _l("Which certificates do you hold?"),
        _l("Only valid ones count when partners search."),
        PassStepForm,
    ),
    Step(
        "languages",
        4,
        _l("Languages"),
        _l("In which languages do you work?"),
        _l("A common language makes a good start."),
        LanguagesForm,
    ),
    Step(
        "partnerships",
        4,
        _l("Kinds of partnership"),
        _l("What kind of partnership do you want?"),
        _l("Each kind has two ends; say which one is yours."),
        PartnershipsForm,
    ),
    Step(
        "markets",
        4,
        _l("Markets"),
        _l("Which countries do you export to?"),
        _l("Also name those you would like to reach."),
        MarketsForm,
    ),
    Step(
        "texts",
        5,
        _l("Texts"),
        _l("How do you describe your firm?"),
        _l("Write in at least one language. The more languages, the more partners can read you."),
        TextsForm,
    ),
    Step(
        "logo",
        5,
        _l("Logo"),
        _l("Do you have a logo?"),
        _l("It stands beside your name in the directory."),
        LogoForm,
        multipart=True,
    ),
    Step(
        "contacts",
        5,
        _l("Contact persons"),
        _l("Whom may partners write to?"),
        _l("Contacts open to both firms at the same moment, and only with each person's own consent."),
        PassStepForm,
    ),
    Step(
        "visibility",
        5,
        _l("Who sees what"),
        _l("Who may see what?"),
        _l("You can change this at any time."),
        VisibilityForm,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
DRAFT_ONLY = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step of one firm, as its page needs it."""

    firm: Firm
    step: Step

    @property
    def registering(self) -> bool:
        """Whether the firm was never sent, so that the steps follow one another."""
        return self.firm.state is FirmState.DRAFT

    @property
    def before(self) -> str:
        """The word of the step before this one, empty for the first."""
        place = STEPS.index(self.step)
        return STEPS[place - 1].name if place else ""

    @property
    def following(self) -> str:
        """The word of the next step, or of the page of answers after the last."""
        place = STEPS.index(self.step)
        return STEPS[place + 1].name if place + 1 < len(STEPS) else CHECK

    @property
    def reopens(self) -> bool:
        """Whether a change made here sends a verified firm back to be checked."""
        asked = self.step.name != "size" or size_rules.asks_ownership(self.firm.country, clock.today())
        return self.step.key and asked and self.firm.state is FirmState.VERIFIED

    def form(self, **options: Any) -> StepForm:
        """The form of the step, filled from the firm."""
        return self.step.form(self.firm, **options)


def page(firm: Firm, name: str) -> StepPage:
    """A step of a firm; raises NotFound for an unknown word or a step that is closed by now."""
    found = BY_NAME.get(name)
    if found is None or (name in DRAFT_ONLY and firm.state is not FirmState.DRAFT):
        raise NotFound
    return StepPage(firm, found)


def may_edit_step(actor: Actor, shown: StepPage) -> bool:
    """Whoever may edit the firm may fill in its steps."""
    return rules.may_edit(actor, shown.firm)
