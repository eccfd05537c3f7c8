"""A browser on a desk: SWHF_SITE names the site, SWHF_BASE_URL its address, SWHF_CHROMIUM the program.

The tests commit: every name is new, so a site may be used again. What fails is pictured in SWHF_ARTIFACTS.
"""

import os
import time
from pathlib import Path

import pytest

from tests.site import connected, set_switches

SLOW_REQUEST_S = 0.5


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
	report = yield
	if report.when == "call":
		item.stash[_FAILED] = report.failed
	return report


_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def site():
	with connected() as name:
		yield name


@pytest.fixture(scope="session")
def program():
	from tests.browser import desk

	with desk.browser() as program:
		yield program


@pytest.fixture
def switches(site):
	"""Sets the switches on the site, committed: ``switches(approval=True)``. All are off afterwards."""
	import frappe

	from sales_wh_flow.base.retry import again_if_refused

	def commit(**values):
		frappe.set_user("Administrator")
		again_if_refused(lambda: set_switches(**values))  # the desk's worker writes beside
		_forget_what_slow_requests_cached()

	yield commit
	frappe.db.rollback()
	commit(customer_page="0", returns_from_page="0", serving="By Itself")


def _forget_what_slow_requests_cached():
	"""A request of the test before, still under way, may have read the old switches and cached them since."""
	import frappe

	deadline = time.monotonic() + SLOW_REQUEST_S
	while time.monotonic() < deadline:
		frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
		time.sleep(SLOW_REQUEST_S / 5)


@pytest.fixture(scope="session")
def people(site):
	from tests.browser.data import make_people

	return make_people()


@pytest.fixture
def world(people):
	from tests.browser.data import make_world

	return make_world(people)


@pytest.fixture
def log_in(program, request):
	"""``log_in(user)`` gives that user's desk, in a browser session of its own."""
	from tests.browser import data, desk

	desks = []

	def log_in(user: str, password: str = data.PASSWORD, **options) -> desk.Desk:
		desks.append(desk.Desk(program, user, password, **options))
		return desks[-1]

	yield log_in
	if request.node.stash.get(_FAILED, True):
		_take_pictures(desks, request.node.name)
	problems = [problem for one in desks for problem in one.problems]
	for one in desks:
		one.close()
	assert not problems, f"errors on the page: {problems}"


def _take_pictures(desks, name: str) -> None:
	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		for number, one in enumerate(desks, start=1):
			one.page.screenshot(path=Path(folder) / f"{name}-{number}.png")
