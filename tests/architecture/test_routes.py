"""Addresses are read by people: kebab-case, plural, typed; and each says who may use it."""

import re

from flask import Flask
from werkzeug.routing import Rule

SEGMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?")
VARIABLE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")


def rules(app: Flask) -> list[Rule]:
    """All addresses but those of static files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_view_declares_who_may_use_it(app: Flask) -> None:
    bare = [
        rule.endpoint for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "access_rule")
    ]

    assert bare == []


def test_addresses_are_kebab_case(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in rules(app)
        for segment in rule.rule.strip("/").split("/")
        if segment and not VARIABLE.fullmatch(segment) and not SEGMENT.fullmatch(segment)
    ]
    assert odd == []


def test_numbers_in_addresses_are_typed(app: Flask) -> None:
    untyped = [
        rule.rule
        for rule in rules(app)
        for variable in VARIABLE.finditer(rule.rule)
        if variable["name"].endswith("_id") and variable["kind"] != "int"
    ]
    assert untyped == []


def test_variables_have_a_type(app: Flask) -> None:
    untyped = [rule.rule for rule in rules(app) for item in VARIABLE.finditer(rule.rule) if not item["kind"]]

    assert untyped == []


def test_no_address_ends_in_a_slash_but_the_first(app: Flask) -> None:
    assert [rule.rule for rule in rules(app) if rule.rule != "/" and rule.rule.endswith("/")] == []


def test_deeds_are_not_done_by_reading(app: Flask) -> None:
    mixed = [
        rule.rule
        for rule in rules(app)
        if rule.rule.rsplit("/", 1)[-1] in DEEDS and "GET" in (rule.methods or ())
    ]

    assert mixed == []


DEEDS = {"delete", "approve", "reject", "withdraw", "publish", "accept", "decline", "sign-out"}
