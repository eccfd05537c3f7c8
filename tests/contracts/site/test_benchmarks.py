"""The measurements are run by hand, so nothing else says that one of them no longer starts."""

import os
import subprocess
import sys

from tests.contracts.app_source import ROOT
from tests.site import SITE

EACH = """
import importlib, pathlib, sys
import run
for file in sorted(pathlib.Path(run.__file__).parent.glob("*.py")):
	try:
		importlib.import_module(file.stem)
	except ModuleNotFoundError as missing:
		if missing.name.split(".")[0] not in ("numpy", "playwright", "scipy"):  # where it is measured alone
			raise
"""


def test_every_measurement_finds_what_it_is_made_of():
	there = {**os.environ, "PYTHONPATH": f"{ROOT / 'benchmarks'}{os.pathsep}{os.environ['PYTHONPATH']}"}
	done = subprocess.run(
		[sys.executable, "-c", EACH], capture_output=True, text=True, env=there, check=False, timeout=120
	)
	assert done.returncode == 0, f"{SITE}: {done.stderr[-2000:]}"
