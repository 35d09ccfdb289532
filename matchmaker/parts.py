"""The parts the application is put together from: what each domain brings."""

from collections.abc import Callable
from types import SimpleNamespace

import click
from flask import Blueprint, Flask

from matchmaker.accounts import rules as accounts_rules
from matchmaker.accounts import views as accounts_views
from matchmaker.core.cli import serve, worker
from matchmaker.demo.commands import demo_data
from matchmaker.firms import rules as firms_rules
from matchmaker.firms import views as firms_views
from matchmaker.firms.registers import rules as registers_rules
from matchmaker.firms.registers import tasks as registers_tasks
from matchmaker.firms.registers import views as registers_views
from matchmaker.firms.registers.commands import import_firms_command, import_register_command
from matchmaker.institutions import rules as institutions_rules
from matchmaker.institutions import views as institutions_views
from matchmaker.messages import rules as messages_rules
from matchmaker.messages import views as messages_views
from matchmaker.mous import rules as mous_rules
from matchmaker.mous import views as mous_views
from matchmaker.notifications import rules as notifications_rules
from matchmaker.notifications import views as notifications_views
from matchmaker.reference import views as reference_views
from matchmaker.reference.commands import load_reference
from matchmaker.reference.filters import init_filters
from matchmaker.reference.warm_up import warm_up as warm_up_reference

BLUEPRINTS: tuple[Blueprint, ...] = (
    reference_views.bp,
    accounts_views.bp,
    notifications_views.bp,
    institutions_views.bp,
    firms_views.bp,
    mous_views.bp,
    messages_views.bp,
    registers_views.bp,
)
COMMANDS: tuple[click.Command, ...] = (
    demo_data,
    import_firms_command,
    import_register_command,
    load_reference,
    serve,
    worker,
)
JOBS: tuple[Callable[..., object], ...] = (
    registers_tasks.run_firm_list,
    registers_tasks.run_register_import,
)
"""Named here so that the worker knows their kinds."""
SETUPS: tuple[Callable[[Flask], None], ...] = (
    init_filters,
    warm_up_reference,
)
RULES = SimpleNamespace(
    accounts=accounts_rules,
    firms=firms_rules,
    notifications=notifications_rules,
    institutions=institutions_rules,
    mous=mous_rules,
    messages=messages_rules,
    registers=registers_rules,
)
