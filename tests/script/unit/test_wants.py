"""Which Python and Node.js a version of Frappe asks for, and where the commands get them."""

import sys

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))

import distribution
import settings
import wants
from terminal import Unavailable

FIFTEEN = ('[project]\nname = "frappe"\nrequires-python = ">=3.10,<3.14"\n', '{"engines": {"node": ">=18"}}')
SIXTEEN = ('requires-python = ">=3.14,<3.15"\n', '{"engines": {"node": ">=24"}}')


@pytest.mark.parametrize(
	("texts", "minors", "node"), [(FIFTEEN, [10, 11, 12, 13], 18), (SIXTEEN, [14], 24)], ids=["15", "16"]
)
def test_a_version_of_frappe_says_itself_what_it_runs_on(texts, minors, node):
	found = wants.of_texts(*texts)

	assert [minor for minor in range(6, 20) if found.suits((3, minor))] == minors
	assert found.node == node


def test_every_version_finds_a_suite_of_debian_that_has_its_python():
	for texts in (FIFTEEN, SIXTEEN):
		found = wants.of_texts(*texts)
		assert any(found.suits(python) for python in distribution.SUITES.values())


def configured(**values):
	return settings.Settings({**settings.DEFAULTS, **values}, ROOT, ROOT / "none")


def test_a_python_that_suits_is_used_as_it_is(monkeypatch):
	monkeypatch.setattr(distribution, "_begin_again", lambda prefix: pytest.fail(f"began again: {prefix}"))
	here = "{}.{}".format(*sys.version_info[:2])

	distribution.begin_again_where_it_suits(configured(), wants.Wants(f">={here}", 18))


def test_without_the_rights_to_fetch_one_a_line_says_what_is_missing_and_where_it_was_looked_for(monkeypatch):
	monkeypatch.setattr(distribution.os, "getuid", lambda: 1000)
	monkeypatch.setattr(distribution, "_others_of_the_machine", lambda wanted: [])
	never_here = wants.Wants(">=3.14,<3.15", 24) if sys.version_info < (3, 14) else wants.Wants("<3.12", 18)

	with pytest.raises(Unavailable) as refused:
		distribution.begin_again_where_it_suits(configured(), never_here)

	said = str(refused.value)
	assert "\n" not in said
	for part in (never_here.python, sys.executable, "on the path", "BENCH_DIR"):
		assert part in said


def test_a_python_that_no_suite_has_is_named_with_the_suites(monkeypatch):
	monkeypatch.setattr(distribution, "_others_of_the_machine", lambda wanted: [])

	with pytest.raises(Unavailable, match=r"3\.99.*bookworm, trixie, unstable"):
		distribution.begin_again_where_it_suits(configured(), wants.Wants(">=3.99", 24))


def test_in_a_root_that_does_not_suit_nothing_is_tried_again():
	with pytest.raises(Unavailable, match="/somewhere/bookworm"):
		distribution.begin_again_where_it_suits(
			configured(SALES_WH_FLOW_ROOT="/somewhere/bookworm"), wants.Wants(">=3.99", 24)
		)
