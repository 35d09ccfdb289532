"""The parts the application is put together from: what each domain brings."""

from collections.abc import Callable
from types import SimpleNamespace

import click
from flask import Blueprint, Flask

BLUEPRINTS: tuple[Blueprint, ...] = ()
COMMANDS: tuple[click.Command, ...] = ()
SETUPS: tuple[Callable[[Flask], None], ...] = ()
RULES = SimpleNamespace()
