"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture
def warehouse():
	from tests.factories import make_warehouse

	return make_warehouse()


@pytest.fixture
def pump():
	from tests.factories import make_item

	return make_item()


@pytest.fixture
def hose():
	from tests.factories import make_item

	return make_item()


@pytest.fixture
def kit(pump, hose):
	"""One pump and three hoses."""
	from tests.factories import make_bundle

	return make_bundle({pump: 1, hose: 3})
