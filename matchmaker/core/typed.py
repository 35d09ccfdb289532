"""What somebody had typed into a form that could not be taken, so that the error page can give it back."""

from typing import Final

from flask import request
from werkzeug.exceptions import HTTPException

SHORTEST: Final = 20
"""Shorter entries are typed again more quickly than they are copied."""
SECRET: Final = ("password", "code", "token", "secret", "passport", "once")
"""Parts of the names of fields that are never shown again."""


def typed_texts() -> list[str]:
    """The longer texts of the form of this request in their order, each once; none of a form that is no form."""
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return []
    texts = (text.strip() for name, text in fields if not any(part in name.lower() for part in SECRET))
    return list(dict.fromkeys(text for text in texts if len(text) >= SHORTEST and " " in text))
