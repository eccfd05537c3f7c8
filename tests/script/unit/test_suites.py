"""What `script/test SUITE -- ARGUMENT ...` asks pytest for."""

import sys
from pathlib import Path

from tests.contracts.app_source import ROOT
from tests.suites import SUITES

sys.path.insert(0, str(ROOT / "script" / "lib"))

import local_suites
import site_suites
import suites


def asked(*more):
	"""(what pytest looks at, the marker expression, what else it is told)"""
	found = suites.pytest_arguments(ROOT, "unit", Path("junit.xml"), more)
	at = found.index("-m", 2)
	own = found.index("--junit-xml=junit.xml") + 1
	return [one.removeprefix(f"{ROOT}/") for one in found[2:at]], found[at + 1], found[own:]


def test_a_suite_looks_at_all_tests():
	assert asked("-k", "late", "-x") == (["tests"], "unit", ["-k", "late", "-x"])


def test_a_file_that_is_named_is_all_that_a_suite_looks_at():
	file = "tests/script/unit/test_suites.py"
	assert asked(file, "-x") == ([file], "unit", ["-x"])
	assert asked("tests/script/", f"{file}::test_a_test")[0] == ["tests/script", f"{file}::test_a_test"]


def test_what_is_no_file_of_the_tests_is_left_to_pytest():
	assert asked("tests/no_such_file.py") == (["tests"], "unit", ["tests/no_such_file.py"])
	assert asked("-k", "script") == (["tests"], "unit", ["-k", "script"])


def test_markers_choose_within_the_suite():
	assert asked("-m", "slow or late") == (["tests"], "unit and (slow or late)", [])


def test_every_suite_that_pytest_runs_has_a_marker():
	"""One without would run no test at all."""
	of_others = {
		"other-isolation": "concurrency, with a variable of the database",
		"bench-run-tests": "by bench",
	}
	wanted = {*local_suites.NAMES, *site_suites.NAMES} - of_others.keys()
	assert wanted <= SUITES.keys()
