"""Which suite a test belongs to, what the suite needs, and what every suite has.

A suite is chosen by its marker, `pytest tests -m integration`, or by naming folders. The marker comes from
the folder: see suites.py. A suite whose needs are not met is not even imported, and is named in the end.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.answered import hold_endpoints_to_their_annotations
from tests.site import SITE, connected
from tests.suites import SUITES, chosen, is_wanted, missing, suite_of, suite_of_test

settings.register_profile("default", max_examples=100, deadline=None)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

_ONE_TRANSACTION = ("integration", "fulfilment")
_LEFT_OUT = pytest.StashKey[dict[str, str]]()


def pytest_configure(config):
	config.stash[_LEFT_OUT] = {}
	for suite, what in SUITES.items():
		config.addinivalue_line("markers", f"{suite}: {what}")
	if SITE and any(is_wanted(suite, chosen(config.option.markexpr)) for suite in _ONE_TRANSACTION):
		hold_endpoints_to_their_annotations()


def pytest_ignore_collect(collection_path, config):
	"""Nothing is imported of a suite that is not wanted, or cannot run here."""
	suite = suite_of(collection_path)
	if suite is None:
		return None
	if not is_wanted(suite, chosen(config.option.markexpr)):
		return True
	if without := missing(suite):
		if not any(collection_path.is_relative_to(Path(arg.split("::")[0]).resolve()) for arg in config.args):
			return True  # on the way to what was named
		config.stash[_LEFT_OUT][suite] = without
		return True
	return None


def pytest_itemcollected(item):
	if suite := suite_of(item.path):
		item.add_marker(suite_of_test(suite, getattr(item, "obj", None)))


def pytest_terminal_summary(terminalreporter, config):
	if left_out := config.stash[_LEFT_OUT]:
		terminalreporter.section("suites SKIPPED")
	for suite, without in sorted(left_out.items()):
		terminalreporter.line(f"{suite}: {without} is not set")


@pytest.fixture(scope="session")
def site(request):
	"""The name of the connected site, with a company to work in and every switch off."""
	in_test = any(item.get_closest_marker(it) for item in request.session.items for it in _ONE_TRANSACTION)
	with connected(in_test=in_test) as name:
		yield name


@pytest.fixture(scope="session")
def runners(site):
	"""Processes that race; see racing/harness.py."""
	from tests.racing.harness import Runners
	from tests.site import SITE, SITES_PATH

	made = Runners(SITE, SITES_PATH)
	yield made
	made.close()


@pytest.fixture(scope="session")
def nothing_broken_in_the_end(site):
	"""After the last race every invariant holds on the whole site."""
	yield
	from tests.racing.world import broken_since

	broken = broken_since(None)
	assert not broken, broken
