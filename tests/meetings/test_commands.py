"""The command that plans a day from a file."""

from pathlib import Path

import pytest
from flask import Flask

from matchmaker.engines.timetable.form import read_plan, write_day
from tests.engines.timetable.days import a_day


def test_plan_day_when_run_twice_then_the_same_bytes(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    file.write_text(write_day(a_day((1, 2), (1, 3), (2, 3), (3, 4), slots=4)), encoding="utf-8")
    arguments = ["plan-day", str(file), "--moves", "500", "--seed", "3", "--quiet"]

    first, second = (app.test_cli_runner().invoke(args=arguments) for _ in range(2))

    assert first.exit_code == 0, first.output
    assert first.stdout == second.stdout
    plan = read_plan(first.stdout)
    assert (plan.bounds.held, plan.bounds.breaks, plan.bounds.proven, plan.seed) == (4, 0, True, 3)


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"form": "other"}'])
def test_plan_day_when_the_file_is_no_day_then_said(app: Flask, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "day.json"
    file.write_bytes(content)

    result = app.test_cli_runner().invoke(args=["plan-day", str(file)])

    assert result.exit_code == 1
    assert "day.json" in result.output
