"""The shared macros of templates/ui as one Jinja global, `ui`, and the few filters that only they need."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from jinja2 import Environment
from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField
from wtforms.widgets import ListWidget, Select, TextArea


class FramePage(NamedTuple):
    """A page that the frame of all pages links to; it is left out where no domain offers it."""

    endpoint: str
    label: LazyString
    icon: str = ""


ACCOUNT_PAGES = (
    FramePage("accounts.settings", _l("Settings"), "users"),
    FramePage("accounts.security", _l("Sign-in and security"), "shield-check"),
    FramePage("accounts.calendar", _l("Calendar"), "calendar"),
    FramePage("notifications.index", _l("Notices"), "mail"),
    FramePage("rights.own_data", _l("Your data"), "file-text"),
    FramePage("rights.report_incident", _l("Report a data incident"), "flag"),
)
FOOTER_PAGES = (
    FramePage("home.privacy", _l("Privacy notice")),
    FramePage("home.accessibility", _l("Accessibility statement")),
    FramePage("matching.method", _l("How fit is computed")),
    FramePage("home.contact", _l("Contact")),
)
FOLDER = "ui/"
Macro = Callable[..., Markup]

LEGAL_FORM = re.compile(
    r"^(?:ООО|ОАО|ПАО|ЗАО|АО|ИП|OOO|PAO|ZAO|AO|IP|LLC|JSC|Ltd|The|A\.?Ş\.?|Ltd\.?|Şti\.?)$", re.I
)
WORD = re.compile(r"[^\W\d_][\w.]*")


class Macros:
    """Offers each macro of templates/ui by its name, also inside a block that is rendered alone.

    A macro imported at the top of a page is undefined in such a block; a global is not. The files are read on
    first use, when all globals of the application are in place.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._files: dict[str, str] = {}
        self._macros: dict[str, Macro] = {}

    def __getattr__(self, name: str) -> Macro:
        if name.startswith("_"):
            raise AttributeError(name)
        macro = self._macros.get(name)
        if macro is None or self._environment.auto_reload:
            macro = self._read(name)
            self._macros[name] = macro
        return macro

    def names(self) -> dict[str, str]:
        """The file of every macro; raises ValueError when two files define the same name."""
        found: dict[str, str] = {}
        for file in self._environment.list_templates(filter_func=lambda name: name.startswith(FOLDER)):
            for name in self._exports(file):
                if name in found:
                    raise ValueError(f"macro {name} is defined in {found[name]} and in {file}")
                found[name] = file
        return found

    def _exports(self, file: str) -> Iterator[str]:
        module = self._environment.get_template(file).module
        return (name for name in vars(module) if not name.startswith("_"))

    def _read(self, name: str) -> Macro:
        if name not in self._files:
            self._files = self.names()
        if name not in self._files:
            raise AttributeError(f"no macro {name} in templates/{FOLDER}")
        macro: Macro = getattr(self._environment.get_template(self._files[name]).module, name)
        return macro


class Assets:
    """Addresses of static files with their version; each is built once, for a page names some sixty of them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool], str] = {}

    def __call__(self, name: str, marked: bool = True) -> str:
        """The address of static/<name>; unmarked where a style sheet names the same file without version."""
        key = (request.script_root, name, marked)
        if key not in self._known:
            version = {} if marked else {"v": None}
            self._known[key] = url_for("static", filename=name, **version)
        return self._known[key]


def initials(name: str) -> str:
    """Up to two first letters of a firm's or person's name, legal form left out, letter case untouched."""
    words = WORD.findall(name)
    telling = [word for word in words if not LEGAL_FORM.match(word)] or words
    return "".join(word[0] for word in telling[:2])


def control_kind(field: Field) -> str:
    """Which markup a form field needs: list, group, choices, textarea, select or the type of its input."""
    if isinstance(field, FieldList):
        return "list"
    if isinstance(field, FormField):
        return "group"
    widget: Any = field.widget
    if isinstance(widget, ListWidget):
        return "choices"
    if isinstance(widget, TextArea):
        return "textarea"
    if isinstance(widget, Select):
        return "select"
    return str(getattr(widget, "input_type", "text"))


def focus_id(field: Field) -> str:
    """The id of the control that a line of the error summary leads to."""
    kind = control_kind(field)
    if kind == "choices":
        return f"{field.id}-0"
    if isinstance(field, FieldList) and field.entries:
        return focus_id(field.entries[0])
    return str(field.id)


def form_errors(form: Form) -> list[tuple[str, str]]:
    """Every message of a form in the order of its fields, each with the id of the control it belongs to."""
    found: list[tuple[str, str]] = []
    for field in form:
        found.extend(_field_errors(field))
    found.extend(("", str(message)) for message in form.form_errors)
    return found


def _field_errors(field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, FormField):
        yield from form_errors(field.form)
    elif isinstance(field, FieldList):
        for entry in field:
            yield from _field_errors(entry)
        yield from ((focus_id(field), str(message)) for message in field.errors if isinstance(message, str))
    else:
        yield from ((focus_id(field), str(message)) for message in field.errors)


def step(value: float, most: float = 100) -> int:
    """The whole per cent that a bar shows for a value, kept between 0 and 100."""
    if most <= 0:
        return 0
    return max(0, min(100, round(100 * value / most)))


def register_ui(app: Flask) -> None:
    """Add the macros, asset(), the pages of the frame and the filters of this module to the templates."""
    environment = app.jinja_env

    def page_url(endpoint: str) -> str:
        return url_for(endpoint) if endpoint in app.view_functions else ""

    def present(pages: tuple[FramePage, ...]) -> list[FramePage]:
        return [page for page in pages if page.endpoint in app.view_functions]

    environment.globals.update(
        ui=Macros(environment),
        asset=Assets(),
        form_errors=form_errors,
        page_url=page_url,
        account_pages=lambda: present(ACCOUNT_PAGES),
        footer_pages=lambda: present(FOOTER_PAGES),
    )
    environment.filters.update(initials=initials, control_kind=control_kind, focus_id=focus_id, step=step)
