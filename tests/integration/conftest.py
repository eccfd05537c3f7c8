"""A site to test on: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the current
folder).

Every test runs as Administrator, with every switch off, in a transaction that is rolled back.
"""

import os

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()

collect_ignore_glob = [] if SITE else ["test_*.py"]


def pytest_terminal_summary(terminalreporter):
	if not SITE:
		terminalreporter.section("site tests SKIPPED")
		terminalreporter.line("SWHF_SITE is not set: no test ran against a site.")


@pytest.fixture(scope="session")
def site():
	"""The name of the connected site, with a company to work in."""
	import frappe

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	frappe.flags.in_test = True
	prepare_site()
	yield SITE
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(autouse=True)
def rolled_back(site):
	"""A fresh transaction for each test, undone afterwards together with what was cached meanwhile."""
	import frappe

	start_afresh()
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	start_afresh()


@pytest.fixture
def switches():
	"""Sets Sales Flow Settings for the test: ``switches(approval=True, partial_lock="Full lines only")``.

	Switches that are not named are off.
	"""
	return set_switches


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
		set_switches()
		frappe.db.commit()


def set_switches(**values) -> None:
	import frappe

	from sales_wh_flow.settings import CAPABILITIES

	wanted = {capability: "Off" for capability in CAPABILITIES}
	wanted.update({key: {True: "On", False: "Off"}.get(value, value) for key, value in values.items()})
	if wanted["stock_lock"] == "On":
		stock = frappe.get_doc("Stock Settings")
		stock.update(
			{"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1}
		)
		stock.save()
	frappe.get_doc("Sales Flow Settings").update(wanted).save()


def prepare_site() -> None:
	"""A company, and every capability off, as the committed state that all tests start from."""
	import frappe

	from sales_wh_flow.setup.install import before_tests

	frappe.set_user("Administrator")
	before_tests()
	set_switches()
	frappe.db.commit()


def start_afresh() -> None:
	"""Forget what an undone transaction left in memory and in the cache."""
	import frappe

	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.db.value_cache.clear()
	for name in [name for name, _value in frappe.local if name.startswith("swf_")]:
		delattr(frappe.local, name)
	frappe.local.message_log = []
	frappe.cache.delete_keys("document_cache::")
	for key in ("roles", "user_permissions", "user_doc", "defaults", "bootinfo"):
		frappe.cache.delete_value(key)
	frappe.local.cache = {}
