"""ERPNext's own tests of the documents that the flow takes part in.

Installed and switched off, the app makes none of them fail that plain ERPNext passes. With all of it on,
those that fail are named in `reasons`, for the documents that stand there, with what they ask for that the
flow is there to prevent.
"""

import sys
import unittest
from importlib import import_module
from pathlib import Path

import pytest

import frappe

from tests.upstream.conftest import SUITES, put_goods_on_hand, set_switches
from tests.upstream.reasons import FAIL_WITH_ALL_ON

pytest.importorskip("frappe.test_runner", reason="Frappe 16 makes the records of its tests in another way")


@pytest.fixture(scope="module", autouse=True)
def off_in_the_end():
	yield
	set_switches("Off")


@pytest.mark.parametrize("doctype", SUITES)
def test_switched_off_nothing_fails_that_plain_erpnext_passes(doctype):
	set_switches("Off")

	tests, failed = _run(doctype)
	plain = _run_plain(doctype) if failed else {}
	print(f"{doctype}, off: {tests} tests, failed {sorted(failed)}, plain {sorted(plain)}")

	assert tests > 20
	assert not failed.keys() - plain.keys(), _told(failed, but=plain)


@pytest.mark.parametrize("doctype", FAIL_WITH_ALL_ON)
def test_with_all_on_those_fail_that_ask_for_what_the_flow_prevents(doctype):
	set_switches("On")
	put_goods_on_hand()

	tests, failed = _run(doctype)
	set_switches("Off")
	plain = _run_plain(doctype) if failed else {}
	print(f"{doctype}, on: {tests} tests, failed {sorted(failed)}, plain {sorted(plain)}")

	known = FAIL_WITH_ALL_ON[doctype]
	assert not failed.keys() - plain.keys() - known.keys(), _told(failed, but={**plain, **known})


class _Apart(unittest.TestResult):
	"""What a test that fails had begun is undone, as a request's would be: the next ones do not meet it."""

	def startTest(self, test):
		super().startTest(test)
		frappe.db.savepoint("test")

	def addError(self, test, err):
		super().addError(test, err)
		self._undo()

	def addFailure(self, test, err):
		super().addFailure(test, err)
		self._undo()

	def _undo(self) -> None:
		try:
			frappe.db.rollback(save_point="test")
		except frappe.db.OperationalError:  # the test had committed
			frappe.db.rollback()


def _run(doctype: str) -> tuple[int, dict[str, str]]:
	"""How many tests there are, and {test: the end of what it said} of those that fail."""
	name = frappe.scrub(doctype)
	module = import_module(f"erpnext.{SUITES[doctype]}.doctype.{name}.test_{name}")
	result = _Apart()
	unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.message_log = []
	failed = {
		getattr(test, "_testMethodName", str(test)): text.strip()[-600:]
		for test, text in (*result.failures, *result.errors)
	}
	return result.testsRun, failed


def _run_plain(doctype: str) -> dict[str, str]:
	"""The same without a handler of the app."""
	sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
	from plain import plain_erpnext

	with plain_erpnext():
		return _run(doctype)[1]


def _told(failed: dict[str, str], but: dict) -> str:
	return "\n\n".join(f"{test}\n{text}" for test, text in failed.items() if test not in but)
