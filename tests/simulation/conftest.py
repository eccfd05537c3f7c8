"""How the simulations run: no site, no frappe; every failure names the seed that repeats it."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shared_data(request):
	"""The folder of public data sets: SWHF_DATA, else shared/data beside the checkout."""
	folder = Path(os.environ.get("SWHF_DATA") or CHECKOUT.parent / "shared" / "data")
	if not folder.is_dir():
		pytest.skip(f"NO REAL DATA: {folder} is missing; name a folder of public data sets in SWHF_DATA")
	return folder


@pytest.fixture
def folder(tmp_path):
	"""The small company of test_csv_layout.py as a folder of CSV files."""
	from tests.simulation.test_csv_layout import SMALL

	for name, text in SMALL.items():
		(tmp_path / name).write_text(text, encoding="utf-8")
	return tmp_path
