"""The shared macros: found by name, documented, safe with any text, right for every kind of field."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.core.ui import Macros, control_kind, focus_id, form_errors, initials, step

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "templates" / "ui").glob("*.html"))
ICON = re.compile(r"(?:icon\(|icon=|\"icon\": )\"([a-z-]+)\"")


class CheckboxGroup(SelectMultipleField):
    """Several boxes of one question."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Address(Form):
    """A part of the form below."""

    city = StringField("City", [InputRequired("Enter the city")])


class Firm(Form):
    """One field of every kind."""

    country = RadioField(
        "Country",
        [InputRequired("Choose a country")],
        choices=[("TR", "Türkiye"), ("RU", "Russia")],
    )
    name = StringField("Name", [InputRequired("Enter the name")], description="As in the register")
    secret = PasswordField("Password", [InputRequired("Enter a password")])
    about = TextAreaField("About", [Optional(), Length(max=200)])
    region = SelectField("Region", choices=[("42", "Konya")])
    languages = CheckboxGroup("Languages", [InputRequired("Choose a language")], choices=[("tr", "Turkish")])
    agreed = BooleanField("Show my contact", [InputRequired("Tick the box")])
    logo = FileField("Logo", [Optional()])
    address = FormField(Address, "Address")
    sites = FieldList(StringField("Site", [InputRequired("Enter the address")]), min_entries=1)


@pytest.fixture
def ui(app: Flask) -> Macros:
    """The macros as templates see them."""
    macros = app.jinja_env.globals["ui"]
    assert isinstance(macros, Macros)
    return macros


def refused() -> Firm:
    """The form after it was sent empty."""
    form = Firm(MultiDict({"sites-0": "", "region": "42"}))
    assert not form.validate()
    return form


def test_no_name_is_defined_twice(app: Flask, ui: Macros) -> None:
    with app.test_request_context():
        assert len(ui.names()) > 50


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_says_what_it_offers(file: Path) -> None:
    text = file.read_text()
    assert text.startswith("{#-")
    head = text[: text.index("-#}")]
    offered = re.findall(r"{% macro (\w+)\(", text)
    # Parts that only the other macros of the file use need no entry.
    used_here = {
        name for name in offered if re.search(rf"(?<!macro )(?<!ui\.)\b{name}\(", text[text.index("-#}") :])
    }
    assert [name for name in offered if name not in used_here and f"{name}(" not in head] == []


def test_every_icon_named_in_a_template_is_drawn() -> None:
    sprite = (ROOT / "static" / "img" / "icons.svg").read_text()
    named = {name for path in (ROOT / "templates").rglob("*.html") for name in ICON.findall(path.read_text())}
    assert named
    assert [name for name in sorted(named) if f'<symbol id="{name}"' not in sprite] == []


def test_an_unknown_macro_is_an_error(app: Flask, ui: Macros) -> None:
    with app.test_request_context(), pytest.raises(AttributeError, match="no macro carousel"):
        ui.carousel()


def test_macros_work_in_a_template_without_import(app: Flask) -> None:
    with app.test_request_context():
        text = app.jinja_env.from_string('{{ ui.badge("Approved", "ok") }}').render()
    assert text == '<span class="badge badge--ok">Approved</span>'


def test_words_of_people_are_escaped(app: Flask, ui: Macros) -> None:
    nasty = "<script>\"'"
    with app.test_request_context():
        shown = [
            ui.badge(nasty),
            ui.notice(nasty, title=nasty),
            ui.post_button("/x", nasty, hidden={nasty: nasty}, confirm={"title": nasty}),
            ui.keystone(82, 88, 76, nasty, nasty),
            ui.facts([{"term": nasty, "value": nasty}]),
        ]
    assert "<script>" not in "".join(shown)
    assert 'data-confirm="&lt;script&gt;&#34;&#39;"' in shown[2]


def test_the_arch_says_both_sides_in_one_sentence(app: Flask, ui: Macros) -> None:
    with app.test_request_context():
        arch = ui.keystone(82, 88, 76, "Anadolu Vana", "Volga Pump")
    assert 'aria-label="Fit 82 of 100. What Anadolu Vana gets: 88. What Volga Pump gets: 76."' in arch
    assert 'stroke-dasharray="88 100"' in arch
    assert 'stroke-dasharray="76 100"' in arch


def test_bars_of_the_fit_table_show_points_as_share_of_the_most(app: Flask, ui: Macros) -> None:
    side = {"points": 10, "reason": "Half of what you need"}
    with app.test_request_context():
        table = ui.fit_table([{"criterion": "Volume", "most": 20, "own": side, "other": side}])
    assert table.count("v-50") == 2


def test_forms_carry_both_tokens(app: Flask, ui: Macros) -> None:
    with app.test_request_context():
        assert 'name="csrf_token"' in ui.form_start("/firms")
        assert 'name="once"' in ui.form_start("/firms")
        assert "csrf_token" not in ui.form_start("/directory", method="get")


class TestFields:
    def test_kinds(self) -> None:
        kinds = {field.short_name: control_kind(field) for field in Firm()}
        assert kinds == {
            "country": "choices",
            "name": "text",
            "secret": "password",
            "about": "textarea",
            "region": "select",
            "languages": "choices",
            "agreed": "checkbox",
            "logo": "file",
            "address": "group",
            "sites": "list",
        }

    def test_the_summary_leads_to_a_control_that_exists(self, app: Flask, ui: Macros) -> None:
        form = refused()
        with app.test_request_context():
            page = "".join(ui.field(field) for field in form)
            summary = ui.error_summary(form)
        targets = re.findall(r'href="#([^"]+)"', summary)
        assert targets == [
            "country-0", "name", "secret", "languages-0", "agreed", "address-city", "sites-0",
        ]  # fmt: skip
        assert [target for target in targets if f'id="{target}"' not in page] == []

    def test_a_faulty_control_names_its_hint_and_error(self, app: Flask, ui: Macros) -> None:
        with app.test_request_context():
            shown = ui.field(refused()["name"])
        assert 'aria-invalid="true"' in shown
        assert 'aria-describedby="name-hint name-error"' in shown
        assert 'id="name-hint">As in the register' in shown
        assert shown.index("name-error") < shown.index("<input")

    def test_only_optional_fields_are_marked(self, app: Flask, ui: Macros) -> None:
        form = Firm()
        with app.test_request_context():
            assert "(optional)" in ui.field(form["about"])
            assert "(optional)" not in ui.field(form["name"])

    def test_a_group_is_one_question_with_a_legend(self, app: Flask, ui: Macros) -> None:
        with app.test_request_context():
            shown = ui.field(refused()["country"])
        assert 'role="radiogroup"' in shown
        assert '<legend class="label">Country</legend>' in shown
        assert 'aria-describedby="country-error"' in shown

    def test_typed_values_are_kept(self, app: Flask, ui: Macros) -> None:
        form = Firm(MultiDict({"name": "Volga & Pump", "about": "a" * 201}))
        form.validate()
        with app.test_request_context():
            assert 'value="Volga &amp; Pump"' in ui.field(form["name"])
            assert "a" * 201 in ui.field(form["about"], count=True)

    def test_a_counted_text_may_be_longer_while_it_is_written(self, app: Flask, ui: Macros) -> None:
        with app.test_request_context():
            shown = ui.field(Firm()["about"], count=True)
        assert 'data-count="200"' in shown
        assert "maxlength" not in shown

    def test_errors_come_in_the_order_of_the_form(self) -> None:
        assert [message for _, message in form_errors(refused())][:2] == [
            "Choose a country",
            "Enter the name",
        ]

    def test_focus_goes_to_the_first_of_a_group(self) -> None:
        assert focus_id(Firm()["languages"]) == "languages-0"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anadolu Vana", "AV"),
        ("ООО «Волга Насос»", "ВН"),
        ("İstanbul Işık A.Ş.", "İI"),
        ("Elif Aydın", "EA"),
        ("Nevskaya", "N"),
        ("ООО", "О"),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "most", "shown"), [(88, 100, 88), (10, 20, 50), (3, 0, 0), (-1, 10, 0), (11, 10, 100)]
)
def test_step(value: float, most: float, shown: int) -> None:
    assert step(value, most) == shown
