"""A site to race on: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the current
folder).

Races need committed data: every test makes items of its own and commits. After each test nothing may have
drifted and nothing may be locked twice. ROUNDS (default 5) is how often each race is run.
"""

import os

import pytest
from integration.site import SITE, SITES_PATH, connected

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
	with connected(in_test=False) as name:
		yield name


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
def nothing_broken(site):
	"""After each test every invariant of the stock lock holds, on the whole site."""
	import frappe

	from sales_wh_flow import check_messages
	from sales_wh_flow.flow import check

	from .world import forget_broken_locks

	frappe.db.rollback()
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	findings = check.look()
	if findings:
		forget_broken_locks(findings)
	assert not findings, check_messages.in_words(findings)
