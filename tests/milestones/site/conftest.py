"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture
def messages_are_on(switches, in_this_transaction):  # noqa: F811
	from tests.milestones.messages_world import mail_account

	switches(messages="On", stock_lock=True)
	mail_account()
