"""Races; see tests/racing/fixtures.py."""

import pytest

from tests.couriers import couriers_world
from tests.racing.fixtures import nothing_broken, pytest_generate_tests, race, switches  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def no_box_stays(site):
	"""What these tests commit of boxes is gone before others look whether all is well."""
	yield
	couriers_world.forget_boxes()
