"""The page that the link of an invitation opens, whatever somebody is invited to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import cookies
from matchmaker.accounts.addresses import key_of
from matchmaker.accounts.forms import AcceptForm, NewAccountForm
from matchmaker.accounts.models import Person
from matchmaker.accounts.queries import person_by_key
from matchmaker.core.access import current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.htmx import done, go_to, render


class AcceptAsNew(Protocol):
    """Makes the account of somebody who had none, and takes it in."""

    def __call__(self, *, name: str, name_romanised: str, password: str) -> Person: ...


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation: to whom, what it says, what accepting it does, and what is said and shown afterwards."""

    email: str
    lead: str
    accept: Callable[[Actor], None]
    accept_as_new: AcceptAsNew
    accepted: str
    to: str
    to_as_new: str


def answer_invitation(invited: Invited) -> AnyResponse:
    """The page as the reader's account needs it: signed in, known but not signed in, or without an account."""
    if current_actor().is_authenticated:
        return _accept_signed_in(invited)
    known = person_by_key(key_of(invited.email))
    if known is not None and known.email_confirmed_at is not None:
        flash(_("Sign in to accept the invitation."), "info")
        return go_to(url_for("accounts.sign_in", next=request.path))
    return _accept_as_new(invited)


def _accept_signed_in(invited: Invited) -> AnyResponse:
    """Take the account that is signed in, if it has the address."""
    actor, form = current_actor(), AcceptForm()
    if form.validate_on_submit():
        invited.accept(actor)
        return done(invited.accepted, to=invited.to)
    same = key_of(actor.email) == key_of(invited.email)
    return render("accounts/invitation.html", invited=invited, form=form, same=same)


def _accept_as_new(invited: Invited) -> AnyResponse:
    """Make the account and sign it in."""
    form = NewAccountForm(email=invited.email)
    if form.validate_on_submit():
        person = invited.accept_as_new(
            name=form.name.data or "",
            name_romanised=form.name_romanised.data or "",
            password=form.password.data or "",
        )
        cookies.begin_session(person, second_factor=False)
        return done(invited.accepted, to=invited.to_as_new)
    status = 422 if form.is_submitted() else 200
    return render("accounts/invitation_new.html", fragment="form", status=status, invited=invited, form=form)
