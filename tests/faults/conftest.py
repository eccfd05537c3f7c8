"""A site whose processes, MariaDB and Redis are broken on purpose, so only ever one of the tests' own:
SWHF_SERVICES names the file that says how they were started (see services.py).

ROUNDS (default 3) is how often each fault is tried.
"""

import os
from pathlib import Path

import pytest

from tests.racing.fixtures import (  # noqa: F401
	nothing_broken,
	race,
	switches,
)

SERVICES = os.environ.get("SWHF_SERVICES")
ROUNDS = int(os.environ.get("ROUNDS") or 3)


def pytest_generate_tests(metafunc):
	"""A test that asks for ``round`` is run ROUNDS times."""
	if "round" in metafunc.fixturenames:
		metafunc.parametrize("round", range(1, ROUNDS + 1))


@pytest.fixture(scope="session")
def services(site):
	"""The lane's services; whatever a test stopped and did not start again is started in the end."""
	from tests.faults.services import CACHE, DATABASE, QUEUE, Services

	made = Services(Path(SERVICES))
	yield made
	for name in (DATABASE, CACHE, QUEUE):
		if not made.is_up(name):
			made.start(name)
