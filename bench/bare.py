"""The same directory page from Flask and SQLAlchemy alone: no extension, no translation, nobody signed in.

It runs the same statement for the rows, makes the same rows of them and renders the same templates with plain English
strings. What an index finds and counts is handed to it ready, so that everything the product adds counts as its cost.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import Flask, render_template, url_for
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matchmaker.core import clock
from matchmaker.core.actor import VISITOR
from matchmaker.core.config import ROOT
from matchmaker.core.ui import Macros, control_kind, focus_id, form_errors, initials, step
from matchmaker.directory.listed_rows import row_firms
from matchmaker.directory.listings import Addresses, Reader, row_of
from matchmaker.directory.page import DirectoryPage

STYLES = ("fonts", "tokens", "components", "site", "steps")


def plain(text: str, /, **values: Any) -> str:
    """An English text with its values."""
    return text % values if values else text


def plain_plural(one: str, many: str, number: int, /, **values: Any) -> str:
    """An English text in the number that fits."""
    return (one if number == 1 else many) % ({"num": number} | values)


def bare_app(engine: Engine, page: DirectoryPage, ids: list[int], shown: Mapping[str, Any]) -> Flask:
    """An application with the one page at /firms; `shown` are the values of the frame: places, footer, settings."""
    app = Flask("bare", root_path=str(ROOT / "matchmaker"), template_folder="../templates")
    app.config.update(shown["config"])
    prepare(app, shown)

    @app.get("/firms", endpoint="directory.index")
    def index() -> str:
        addresses = Addresses.around(url_for("directory.show", firm_id=0), url_for("firms.logo", firm_id=0))
        reader = Reader(VISITOR, "en", clock.today())
        with Session(engine) as session:
            firms = {firm.id: firm for firm in row_firms(session, ids)}
            rows = [row_of(firms[number], reader, addresses, None) for number in ids if number in firms]
            return render_template("directory/index.html", page=replace(page, rows=rows))

    for rule, endpoint in shown["rules"]:
        if endpoint not in app.view_functions:
            app.add_url_rule(rule, endpoint, lambda **_arguments: "")
    return app


def prepare(app: Flask, shown: Mapping[str, Any]) -> None:
    """What the templates call, in its plainest form."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    # A method that the extension gives to the environment.
    environment.install_gettext_callables(plain, plain_plural, newstyle=False)  # type: ignore[attr-defined]
    environment.filters.update(
        number=lambda value: f"{value:,}",
        initials=initials,
        control_kind=control_kind,
        focus_id=focus_id,
        step=step,
    )
    environment.globals.update(
        _=plain,
        gettext=plain,
        ngettext=plain_plural,
        language="en",
        ui=Macros(environment),
        asset=lambda name, marked=True: f"/static/{name}",
        form_errors=form_errors,
        nav_items=lambda: shown["places"],
        tab_items=lambda: shown["tabs"],
        footer_pages=lambda: shown["footer"],
        account_pages=list,
        page_url=lambda endpoint: url_for(endpoint) if endpoint in app.view_functions else "",
        lang_url=lambda code: f"?lang={code}",
        languages=shown["languages"],
        csrf_token=lambda: "",
        can=lambda rule, *loaded: False,
        current_user=SimpleNamespace(is_authenticated=False, firm=None, is_staff=False),
    )
