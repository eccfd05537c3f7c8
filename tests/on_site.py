"""What a test on a site has: a transaction that is rolled back, and the switches of the app.

Every test runs as Administrator with every switch off. Each `site` folder takes these into its conftest.
"""

import pytest

from tests.site import broken_invariants, set_switches, settings_at_first, start_afresh


@pytest.fixture(autouse=True)
def rolled_back(site, request, monkeypatch):
	"""A fresh transaction for each test, undone afterwards together with what was cached meanwhile: entrances
	begin and commit none where the test asks neither for ``committed`` nor for a server's ``address``, and
	begin theirs behind what a test that asks for one has made so far, as a press follows a press.

	Before that every invariant of the stock lock must hold, where the test left the lock switched on. A test
	that ends in a state nobody would commit (broken on purpose, or refused halfway) is marked ``unchecked``.
	"""
	import frappe

	from sales_wh_flow.base import retry

	monkeypatch.setattr(frappe, "clear_cache", _clear_all_but_doctypes(frappe.clear_cache))
	if not {"committed", "address"} & {*request.fixturenames}:
		monkeypatch.setattr(retry, "_commit", lambda done: None)
		monkeypatch.setattr(retry, "from_a_fresh_transaction", retry.again_if_refused)
	else:
		monkeypatch.setattr(retry, "from_a_fresh_transaction", _after_what_was_made(request))
	frappe.flags.in_test = True
	start_afresh()
	if hasattr(frappe.local, "request"):  # a GET that a test has played keeps the next one from committing
		del frappe.local.request
	frappe.local.flags.commit = None
	yield
	findings = () if request.node.get_closest_marker("unchecked") else broken_invariants()
	frappe.set_user("Administrator")
	frappe.db.rollback()
	start_afresh()
	assert not findings, f"broken when the test ended:\n{findings}"


def _after_what_was_made(request):
	"""Commits what the test has made, where an entrance would find it undone."""
	import frappe

	from sales_wh_flow.base.retry import from_a_fresh_transaction

	def begin(work):
		if frappe.db.transaction_writes and "committed" in request.fixturenames:
			request.getfixturevalue("committed")()
		elif frappe.db.transaction_writes:
			frappe.db.commit()
		return from_a_fresh_transaction(work)

	return begin


def _clear_all_but_doctypes(clear_cache):
	"""Companies, renames and defaults clear the whole cache; DocTypes read anew took a second each time."""

	def clear(user=None, doctype=None):
		import frappe

		key = frappe.cache.make_key("doctype_meta")
		held = not user and not doctype and frappe.cache.exists(key, shared=True)
		if held:
			frappe.cache.rename(key, b"held_while_clearing")
		clear_cache(user=user, doctype=doctype)
		if held:
			frappe.cache.rename(b"held_while_clearing", key)

	return clear


@pytest.fixture
def switches():
	"""Sets Sales Flow Settings for the test: ``switches(approval=True, partial_lock="Full lines only")``.

	Switches that are not named are off.
	"""
	return set_switches


@pytest.fixture
def in_this_transaction(monkeypatch):
	"""Calls that begin a transaction of their own run in the test's, so that it can be undone."""
	from sales_wh_flow.base import retry

	monkeypatch.setattr(retry, "from_a_fresh_transaction", lambda work: work())


@pytest.fixture
def committed():
	"""Call it to commit what the test made: jobs begin with a fresh transaction. The switches are off
	afterwards.

	What was committed stays on the site; every name in it is new, so no other test sees it.
	"""
	import frappe

	used = []

	def commit():
		used.append(True)
		frappe.db.commit()

	yield commit
	if used:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		set_switches(**settings_at_first())
		frappe.db.commit()


@pytest.fixture
def place():
	"""A new warehouse."""
	from tests.factories import make_warehouse

	return make_warehouse()


@pytest.fixture
def policy():
	"""Makes a Serving Policy."""
	from tests.factories import make_serving_policy

	return make_serving_policy
