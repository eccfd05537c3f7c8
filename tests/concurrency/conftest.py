"""A site to race on: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the current
folder).

Races need committed data: every test makes items of its own and commits. After each test nothing may have
drifted and nothing may be locked twice. ROUNDS (default 5) is how often each race is run.
"""

import os

import pytest

SITE = os.environ.get("SWHF_SITE")
SITES_PATH = os.environ.get("SWHF_SITES_PATH") or os.getcwd()
ROUNDS = int(os.environ.get("ROUNDS") or 5)

collect_ignore_glob = [] if SITE else ["test_*.py"]


def pytest_terminal_summary(terminalreporter):
	if not SITE:
		terminalreporter.section("races SKIPPED")
		terminalreporter.line("SWHF_SITE is not set: no race was run on a site.")


def pytest_generate_tests(metafunc):
	"""A test that asks for ``round`` is run ROUNDS times."""
	if "round" in metafunc.fixturenames:
		metafunc.parametrize("round", range(1, ROUNDS + 1))


@pytest.fixture(scope="session")
def site():
	"""The name of the connected site, with a company to work in and every switch off."""
	import frappe

	from .world import prepare_site

	frappe.init(site=SITE, sites_path=SITES_PATH)
	frappe.connect()
	prepare_site()
	yield SITE
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="session")
def runners(site):
	from .harness import Runners

	made = Runners(SITE, SITES_PATH)
	yield made
	made.close()


@pytest.fixture
def race(runners):
	"""``race(Call(...), Call(...))``: run the calls at the same moment, each in a process of its own."""
	return runners.race


@pytest.fixture(scope="module")
def switches(site):
	"""Sets Sales Flow Settings and commits: ``switches(stock_lock=True)``. What is not named is off.

	They stay until the module's last test; then all is off again.
	"""
	from .world import set_switches

	yield set_switches
	set_switches()


@pytest.fixture(autouse=True)
def nothing_drifts(site):
	"""After each test Bins, order lines and locks agree, and no Bin holds less than is locked."""
	import frappe

	from sales_wh_flow.flow import repair

	from .world import forget_broken_locks

	frappe.db.rollback()
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	report = repair.look()
	if not report.is_clean:
		forget_broken_locks(report)
	assert not report.over_locked
	assert report.is_clean, report
