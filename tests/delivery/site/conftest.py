"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture
def flow_is_on(switches):  # noqa: F811
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def courier():
	from tests.delivery import delivery_world

	return delivery_world.make_courier()
