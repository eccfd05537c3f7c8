"""A test on a site, rolled back in the end; see tests/on_site.py."""

import pytest

from tests.on_site import committed, in_this_transaction, place, policy, rolled_back, switches  # noqa: F401


@pytest.fixture
def delays_are_told(switches, in_this_transaction, monkeypatch):  # noqa: F811
	"""Alerts and digests are on, of no order yet, and it is time for the digest."""
	import frappe

	from sales_wh_flow.delays import digest
	from tests.milestones.messages_world import mail_account

	switches(stock_lock=True, forecast=True, lead_transit_days=2, delay_alerts="On", delay_digest="On")
	frappe.db.sql("update `tabSales Order` set swf_lateness = null")
	frappe.db.sql("update `tabDelay Alert` set state = 'Done'")
	monkeypatch.setattr(digest, "is_time", lambda moment: True)
	mail_account()
