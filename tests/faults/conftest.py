"""A site whose processes, MariaDB and Redis are broken on purpose, so only ever one of the tests' own:
SWHF_SERVICES names the file that says how they were started (see services.py).

ROUNDS (default 3) is how often each fault is tried.
"""

import os
from pathlib import Path

import pytest
from concurrency.conftest import (  # noqa: F401
	nothing_broken,
	nothing_broken_in_the_end,
	race,
	runners,
	site,
	switches,
)
from integration.site import SITE

SERVICES = os.environ.get("SWHF_SERVICES")
ROUNDS = int(os.environ.get("ROUNDS") or 3)

collect_ignore_glob = [] if SITE and SERVICES else ["test_*.py"]


def pytest_terminal_summary(terminalreporter):
	if not (SITE and SERVICES):
		terminalreporter.section("faults SKIPPED")
		terminalreporter.line("SWHF_SITE and SWHF_SERVICES are not both set: nothing was broken.")


def pytest_generate_tests(metafunc):
	"""A test that asks for ``round`` is run ROUNDS times."""
	if "round" in metafunc.fixturenames:
		metafunc.parametrize("round", range(1, ROUNDS + 1))


@pytest.fixture(scope="session")
def services(site):  # noqa: F811
	"""The lane's services; whatever a test stopped and did not start again is started in the end."""
	from .services import CACHE, DATABASE, QUEUE, Services

	made = Services(Path(SERVICES))
	yield made
	for name in (DATABASE, CACHE, QUEUE):
		if not made.is_up(name):
			made.start(name)
