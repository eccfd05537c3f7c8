"""A site to race on: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the current
folder).

Races need committed data: every test makes items of its own and commits. After each test every invariant of
the stock lock must hold. ROUNDS (default 3) is how often each race is run, OTHER_ROUNDS (default ROUNDS) how
often those that are not marked as a race for stock; SEED repeats what is random in it.
"""

import os
import random

import pytest
from integration.site import SITE, SITES_PATH, connected

ROUNDS = int(os.environ.get("ROUNDS") or 3)
OTHER_ROUNDS = int(os.environ.get("OTHER_ROUNDS") or ROUNDS)

collect_ignore_glob = [] if SITE else ["test_*.py"]


def pytest_terminal_summary(terminalreporter):
	if not SITE:
		terminalreporter.section("races SKIPPED")
		terminalreporter.line("SWHF_SITE is not set: no race was run on a site.")


def pytest_generate_tests(metafunc):
	"""A test that asks for ``round`` is run so many times."""
	if "round" in metafunc.fixturenames:
		rounds = ROUNDS if metafunc.definition.get_closest_marker("race_for_stock") else OTHER_ROUNDS
		metafunc.parametrize("round", range(1, rounds + 1))


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
def nothing_broken(site, request):
	"""After each test every invariant of the stock lock holds for what it made."""
	import frappe

	from .world import broken_since

	if seed := os.environ.get("SEED"):
		random.seed(f"{seed} {request.node.nodeid}")
	frappe.db.rollback()
	started = frappe.utils.now()
	yield
	broken = broken_since(started)
	assert not broken, broken


@pytest.fixture(scope="session", autouse=True)
def nothing_broken_in_the_end(site):
	"""After the last test every invariant holds on the whole site."""
	yield
	from .world import broken_since

	broken = broken_since(None)
	assert not broken, broken
