"""Forecasts on real orders: 830 of Northwind with the days on which they came and left.

The files are no part of the project: SWHF_DATA names the folder that holds northwind/, else ../shared/data
beside the checkout is tried.
"""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("SWHF_DATA") or ROOT.parents[1] / "shared" / "data") / "northwind"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"REAL DATA IS MISSING: there is no {FOLDER}")


@pytest.fixture(scope="module")
def outcome():
	sys.path.insert(0, str(ROOT / "benchmarks"))
	import forecast_backtest

	return forecast_backtest.results(forecast_backtest.northwind(FOLDER), "To Pick")


def test_nine_of_ten_of_the_orders_held_out_came_by_the_day_that_was_said(outcome):
	assert outcome["settings"]["tried"] > 200
	assert 0.85 <= outcome["settings"]["covered"] <= 0.95


def test_half_of_them_came_by_the_likely_day(outcome):
	assert 0.40 <= outcome["settings"]["half"] <= 0.60


def test_the_forecast_errs_less_than_fixed_lead_times(outcome):
	assert outcome["settings"]["error"] < outcome["settings"]["fixed_error"]
	assert outcome["best constant"]["error"] <= outcome["best constant"]["fixed_error"]
