"""The parts the application is put together from: what each domain brings."""

from collections.abc import Callable
from types import SimpleNamespace

import click
from flask import Blueprint, Flask

from matchmaker.accounts import rules as accounts_rules
from matchmaker.accounts import views as accounts_views
from matchmaker.core.cli import serve, worker
from matchmaker.firms.registers.commands import import_register_command
from matchmaker.mous import rules as mous_rules
from matchmaker.mous import views as mous_views
from matchmaker.reference import views as reference_views
from matchmaker.reference.commands import load_reference
from matchmaker.reference.filters import init_filters
from matchmaker.reference.warm_up import warm_up as warm_up_reference

BLUEPRINTS: tuple[Blueprint, ...] = (
    reference_views.bp,
    accounts_views.bp,
    mous_views.bp,
)
COMMANDS: tuple[click.Command, ...] = (
    import_register_command,
    load_reference,
    serve,
    worker,
)
SETUPS: tuple[Callable[[Flask], None], ...] = (
    init_filters,
    warm_up_reference,
)
RULES = SimpleNamespace(
    accounts=accounts_rules,
    mous=mous_rules,
)
