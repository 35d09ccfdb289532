"""The blueprint that the views of accounts share, and where they lead."""

from typing import cast

from flask import Blueprint, request, url_for

from matchmaker.accounts.addresses import key_of
from matchmaker.accounts.rules import is_local_path

bp = Blueprint("accounts", __name__)


def wanted_path() -> str:
    """The page of this site that the visitor wanted before signing in; empty when there is none."""
    wanted = request.values.get("next", "")
    return wanted if is_local_path(wanted) else ""


def home_path() -> str:
    """Where somebody signed in begins."""
    return url_for("home.home")


def typed_account() -> str:
    """The account that a form is about, for limits; the same for every way to write the address."""
    return f"{request.endpoint}:{key_of(request.form.get('email', ''))}"


def named_account() -> str:
    """The token of the address, for limits."""
    return f"{request.endpoint}:{cast('dict[str, str]', request.view_args)['token']}"
