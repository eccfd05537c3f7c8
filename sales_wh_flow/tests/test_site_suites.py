"""The site suites for `bench run-tests`: each file of tests/*/site as one test, run by pytest on this
site. SWHF_FILES names those wanted, as "test_lock test_routing"; all when it is empty.
"""

import os
import subprocess
import sys
import unittest
from importlib.util import find_spec
from pathlib import Path

import frappe

import sales_wh_flow

SUITE = Path(sales_wh_flow.__file__).resolve().parent.parent / "tests"


class TestSiteSuites(unittest.TestCase):
	maxDiff = None

	def run_file(self, path: Path):
		"""Run one file in a process of its own, so that its connection and rollbacks are its own."""
		if not find_spec("pytest"):
			self.fail("The site suites need pytest: bench pip install pytest hypothesis")
		frappe.db.commit()  # else this connection would hold what the other process waits for
		environment = {**os.environ, "SWHF_SITE": frappe.local.site, "SWHF_SITES_PATH": os.getcwd()}
		command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
		result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
		self.assertEqual(result.returncode, 0, result.stdout[-10_000:] + result.stderr[-2_000:])


def _test(path: Path):
	return lambda self: self.run_file(path)


WANTED = os.environ.get("SWHF_FILES", "").split()

for _path in sorted(SUITE.glob("*/site/test_*.py")):
	if not WANTED or _path.stem in WANTED:
		setattr(TestSiteSuites, _path.stem, _test(_path))

if not SUITE.exists():

	@unittest.skip(f"{SUITE} is not there: the app was installed without its tests")
	class TestSiteSuitesAreMissing(unittest.TestCase):
		def test_site_suites(self): ...
