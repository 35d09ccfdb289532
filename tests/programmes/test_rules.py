"""How programmes and sign-ups move, and who may move them."""

import pytest

from matchmaker.programmes import rules
from matchmaker.programmes.enums import (
    ProgrammePart,
    ProgrammeState,
    ProgrammeVerb,
    SignUpPart,
    SignUpState,
    SignUpVerb,
)


def test_a_programme_goes_from_draft_to_done_by_the_organiser_alone() -> None:
    verbs = ("publish", "open", "close", "confirm", "start", "finish")
    state: ProgrammeState | None = ProgrammeState.DRAFT

    for verb in verbs:
        step = rules.programme_step(state, ProgrammeVerb(verb), {ProgrammePart.ORGANISER})
        assert step is not None, (state, verb)
        state = step.after

    assert state is ProgrammeState.DONE


def test_the_clock_neither_publishes_nor_cancels() -> None:
    for state in ProgrammeState:
        verbs = set(rules.programme_verbs(state, {ProgrammePart.SYSTEM}))
        assert verbs <= {
            ProgrammeVerb.OPEN,
            ProgrammeVerb.CLOSE,
            ProgrammeVerb.CONFIRM,
            ProgrammeVerb.START,
            ProgrammeVerb.FINISH,
        }


@pytest.mark.parametrize("state", sorted(rules.ENDED_PROGRAMMES))
def test_nothing_follows_the_end_of_a_programme(state: ProgrammeState) -> None:
    assert rules.programme_verbs(state, ProgrammePart) == ()


@pytest.mark.parametrize("state", sorted(rules.ENDED))
def test_nothing_follows_the_end_of_a_sign_up(state: SignUpState) -> None:
    assert not rules.sign_up_verbs(state, SignUpPart)


def test_every_state_of_a_sign_up_is_reached_and_each_step_leads_elsewhere() -> None:
    reached = {step.after for step in rules.SIGN_UP_STEPS}

    assert reached == set(SignUpState)
    assert all(step.before is not step.after for step in rules.SIGN_UP_STEPS)


def test_applicants_never_accept_themselves_and_staff_never_withdraw_for_others() -> None:
    for state in SignUpState:
        own = rules.sign_up_verbs(state, {SignUpPart.APPLICANT})
        assert not own & {SignUpVerb.ACCEPT, SignUpVerb.OFFER, SignUpVerb.ATTEND, SignUpVerb.COMPLETE}
        assert SignUpVerb.WITHDRAW not in rules.sign_up_verbs(state, {SignUpPart.STAFF})
