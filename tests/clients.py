"""A client that behaves like a browser without script: it loads a page, fills its form in and sends that."""

import hashlib
import secrets
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from matchmaker.accounts.models import Person, SignedInSession
from matchmaker.accounts.queries import digest
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.forms import ONCE_FIELD, once_token

HTMX = {"HX-Request": "true"}


class Form:
    """One form of a page: where it goes and what it sends when nothing is changed."""

    def __init__(self, attributes: dict[str, str | None]) -> None:
        self.id = attributes.get("id") or ""
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").lower()
        self.values: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self.buttons: list[tuple[str, str]] = []

    def add(self, name: str, value: str) -> None:
        """Send one more value of a field."""
        self.values.setdefault(name, []).append(value)


class FormReader(HTMLParser):
    """Collects the forms of a page with the values their fields have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: str | None = None
        self.area: str | None = None
        self.text = ""
        self.first_option: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self.form = Form(attributes)
            self.forms.append(self.form)
        elif self.form is None or "disabled" in attributes:
            return
        elif tag in ("input", "button"):
            self._input(self.form, tag, attributes)
        elif tag == "select":
            self.select, self.first_option = attributes.get("name"), None
            self.form.names.add(self.select or "")
        elif tag == "option" and self.select:
            self._option(self.form, self.select, attributes)
        elif tag == "textarea":
            self.area, self.text = attributes.get("name"), ""

    def _input(self, form: Form, tag: str, attributes: dict[str, str | None]) -> None:
        name, kind = (
            attributes.get("name"),
            (attributes.get("type") or ("submit" if tag == "button" else "text")),
        )
        if not name:
            return
        form.names.add(name)
        value = attributes.get("value")
        if kind in ("submit", "image", "button"):
            form.buttons.append((name, value or ""))
        elif kind in ("checkbox", "radio"):
            if "checked" in attributes:
                form.add(name, "on" if value is None else value)
        elif kind != "file":
            form.add(name, value or "")

    def _option(self, form: Form, name: str, attributes: dict[str, str | None]) -> None:
        value = attributes.get("value") or ""
        if self.first_option is None:
            self.first_option = value
        if "selected" in attributes:
            form.add(name, value)

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select" and self.form is not None and self.select:
            if self.select not in self.form.values and self.first_option is not None:
                self.form.add(self.select, self.first_option)
            self.select = None
        elif tag == "textarea" and self.form is not None and self.area:
            self.form.names.add(self.area)
            self.form.add(self.area, self.text.removeprefix("\n"))
            self.area = None


class Client(FlaskClient):
    """The test client of all view tests; `client.submit` for forms of a page, `client.send` for a bare post."""

    def submit(
        self, url: str, data: dict[str, Any] | None = None, *, form: str = "", **options: Any
    ) -> TestResponse:
        """Load a page, fill in its form and send it; `form` is the form's id or its action where there are several.

        Raises AssertionError for a field that the form does not have.
        """
        page = self.get(url)
        assert page.status_code == 200, f"GET {url} answered {page.status_code}"
        found = find_form(page.text, form, set(data or ()))
        values: dict[str, Any] = dict(found.values) | (data or {})
        return self.open(urljoin(url, found.action), method=found.method.upper(), data=values, **options)

    def send(
        self, url: str, data: dict[str, Any] | None = None, *, method: str = "POST", **options: Any
    ) -> TestResponse:
        """Post without loading the page first, with valid tokens."""
        tokens = {"csrf_token": self.csrf_token(), ONCE_FIELD: self.once()}
        return self.open(url, method=method, data=tokens | (data or {}), **options)

    def sign_in(self, person: Person | int, *, second_factor: bool = True) -> "Client":
        """Be this person from now on, by a row in the table of sessions as the sign-in page makes one."""
        token = secrets.token_urlsafe(32)
        with self.application.app_context():
            number = person if isinstance(person, int) else person.id
            ends = clock.now() + timedelta(hours=1)
            row = SignedInSession(
                digest=digest(token), person_id=number, second_factor=second_factor, expires_at=ends
            )
            db.session.add(row)
            db.session.commit()
        with self.session_transaction() as session:
            session["token"] = token
        return self

    def csrf_token(self) -> str:
        """A valid cross-site token of this client's session."""
        with self.session_transaction() as session:
            raw = session.setdefault(
                "csrf_token", hashlib.sha1(secrets.token_bytes(16), usedforsecurity=False).hexdigest()
            )
        key = self.application.config.get("WTF_CSRF_SECRET_KEY") or self.application.secret_key
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))

    def once(self) -> str:
        """A fresh once-only token."""
        with self.application.app_context():
            return once_token()


def find_form(html: str, wanted: str, fields: set[str]) -> Form:
    """The wanted form of a page, or the one form that has all the fields."""
    forms = [form for form in FormReader(html).forms if form.method == "post" or wanted]
    if wanted:
        forms = [form for form in forms if wanted == form.id or form.action.split("?")[0].endswith(wanted)]
    fitting = [form for form in forms if fields <= form.names]
    assert fitting, (
        f"no form {wanted!r} with {sorted(fields)}; there are {[(f.id, f.action, sorted(f.names)) for f in forms]}"
    )
    assert wanted or len(fitting) == 1, (
        f"several forms fit, name one of {[(form.id, form.action) for form in fitting]}"
    )
    return fitting[0]
