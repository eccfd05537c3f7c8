"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

from tests.couriers import couriers_world
from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def no_box_stays(site):
	"""What these tests commit of boxes is gone before others look whether all is well."""
	yield
	couriers_world.forget_boxes()
