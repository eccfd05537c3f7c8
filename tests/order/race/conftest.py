"""Races; see tests/racing/fixtures.py."""

from tests.racing.fixtures import nothing_broken, pytest_generate_tests, race, switches  # noqa: F401
