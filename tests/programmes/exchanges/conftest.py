"""An open call with the people of both sides."""

from typing import Any

import pytest

from tests.factories.exchanges import World, exchange_world


@pytest.fixture
def world(session: Any) -> World:
    return exchange_world()
