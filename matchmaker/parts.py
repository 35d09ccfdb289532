"""The parts the application is put together from: what each domain brings."""

from collections.abc import Callable
from types import SimpleNamespace

import click
from flask import Blueprint, Flask

from matchmaker.core.cli import serve, worker

BLUEPRINTS: tuple[Blueprint, ...] = ()
COMMANDS: tuple[click.Command, ...] = (serve, worker)
SETUPS: tuple[Callable[[Flask], None], ...] = ()
RULES = SimpleNamespace()
