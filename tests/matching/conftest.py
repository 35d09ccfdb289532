"""What the tests of matching begin with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.matching.world import World, make_world


@pytest.fixture
def world(given: Callable[[], AbstractContextManager[Any]]) -> World:
    """Two firms that fit, and the people of both sides."""
    with given():
        return make_world()
