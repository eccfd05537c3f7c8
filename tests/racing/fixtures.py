"""What a race has: processes, committed switches, and a look at every invariant afterwards.

Races need committed data: every test makes items of its own and commits. ROUNDS (default 3) is how often each
race is run, OTHER_ROUNDS (default ROUNDS) how often those that are not marked as a race for stock; SEED
repeats what is random in it. Each `race` folder takes these into its conftest.
"""

import os
import random

import pytest

ROUNDS = int(os.environ.get("ROUNDS") or 3)
OTHER_ROUNDS = int(os.environ.get("OTHER_ROUNDS") or ROUNDS)


def pytest_generate_tests(metafunc):
	"""A test that asks for ``round`` is run so many times."""
	if "round" in metafunc.fixturenames:
		rounds = ROUNDS if metafunc.definition.get_closest_marker("race_for_stock") else OTHER_ROUNDS
		metafunc.parametrize("round", range(1, rounds + 1))


@pytest.fixture
def race(runners):
	"""``race(Call(...), Call(...))``: run the calls at the same moment, each in a process of its own."""
	return runners.race


@pytest.fixture(scope="module")
def switches(site):
	"""Sets Sales Flow Settings and commits: ``switches(stock_lock=True)``. What is not named is off.

	They stay until the module's last test; then all is off again.
	"""
	from tests.racing.world import set_switches

	yield set_switches
	set_switches()


@pytest.fixture(autouse=True)
def nothing_broken(site, request, nothing_broken_in_the_end):
	"""After each test every invariant of the stock lock holds for what it made."""
	import frappe

	from tests.racing.world import broken_since

	if seed := os.environ.get("SEED"):
		random.seed(f"{seed} {request.node.nodeid}")
	frappe.db.rollback()
	started = frappe.utils.now()
	yield
	broken = broken_since(started)
	assert not broken, broken
