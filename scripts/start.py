"""Bring the data up to date and serve, in one process: each start of the interpreter costs a second."""

import sys

from flask.cli import FlaskGroup

from wsgi import app

STEPS = (["db", "upgrade"], ["demo-data"], ["serve"])


def run(arguments: list[str]) -> None:
    """Run one flask command; a failing one ends the whole start with its own message and code."""
    try:
        FlaskGroup(create_app=lambda: app).main(args=arguments, prog_name="flask")
    except SystemExit as end:
        if end.code:
            raise


if __name__ == "__main__":
    for step in STEPS:
        try:
            run(step)
        except KeyboardInterrupt:
            sys.exit(130)
