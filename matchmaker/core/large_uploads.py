"""Uploads larger than documents may be, for the few pages and people that need them."""

from dataclasses import dataclass

from flask import Flask, request

from matchmaker.core.access import Rule, current_actor

LARGEST = 16 * 1024**3
"""What the server itself lets through, in bytes; the register of a large country is a zip of several GB."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Who may send how many bytes to an endpoint."""

    rule: Rule
    most_bytes: int


_allowances: dict[str, Allowance] = {}


def allow_large_upload(endpoint: str, rule: Rule, most_bytes: int) -> None:
    """Let those for whom the rule holds send more to an endpoint than MAX_UPLOAD_MB; everybody else meets the limit."""
    _allowances[endpoint] = Allowance(rule, most_bytes)


def init_large_uploads(app: Flask) -> None:
    """Raise the limit before the body is read, which the check of the form's tokens does."""

    def raise_limit() -> None:
        allowance = _allowances.get(request.endpoint or "")
        if allowance is not None and allowance.rule(current_actor()):
            request.max_content_length = allowance.most_bytes

    app.before_request(raise_limit)
