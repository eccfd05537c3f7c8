"""What a full run tells the tests on a site, on its way to the account that owns the bench."""

import sys

import pytest

from tests.contracts.app_source import ROOT

sys.path.insert(0, str(ROOT / "script" / "lib"))

import owner_stage
import settings
import test_command


@pytest.fixture
def heard(monkeypatch):
	"""Run the suite browser, and answer what its tests would find in their environment."""

	def run(**how) -> dict[str, str]:
		asked = {}
		monkeypatch.setattr(
			test_command.bench_access,
			"call",
			lambda *_args, **request: asked.update(request) or {"suites": {}},
		)
		run = test_command.Run(settings.load(), ["browser"], [], False, **how)
		run._with_folders(None, {})
		stage = object.__new__(owner_stage.Stage)
		stage.request, stage.parcel = asked, ROOT / "no such parcel"
		return stage.test_variables()

	return run


def test_the_tests_of_a_full_run_hear_that_it_is_one(heard):
	assert heard(in_full=True)["SWHF_IN_FULL"] == "1"


def test_the_tests_of_a_usual_run_hear_nothing(heard):
	assert "SWHF_IN_FULL" not in heard(in_full=False)
