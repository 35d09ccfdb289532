"""The address of a page on which somebody asks to join a firm, which only whoever typed the firm's number gets."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from matchmaker.core.errors import NotFound

VALID_SECONDS = 24 * 3600


def join_token(firm_id: int, person_id: int) -> str:
    """Names the firm to one person for a day."""
    return str(_serializer().dumps([firm_id, person_id]))


def firm_of_token(token: str, person_id: int) -> int:
    """The firm a token names to this person; raises NotFound for any other."""
    try:
        firm_id, owner = _serializer().loads(token, max_age=VALID_SECONDS)
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if owner != person_id:
        raise NotFound
    return int(firm_id)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="join-a-firm")
