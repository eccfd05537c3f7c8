"""A week late in a long history is no more work than an early one, counted in lines of Python run."""

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sales_wh_flow_demo import days
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.journal import Journal
from sales_wh_flow_demo.world import World

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "memory_orders.py"
EARLY, LATE = 1, 11
"""Weeks of the history, the first is 0."""
ORDERS = 55 * 7 * (LATE + 1)


def company(orders, supply):
	spec = importlib.util.spec_from_file_location("memory_orders", BENCHMARK)
	module = importlib.util.module_from_spec(spec)
	spec.loader.exec_module(module)
	return module.company(orders, lines=1, supply=supply)


def lines_run(work):
	count = 0

	def each(_frame, event, _argument):
		nonlocal count
		count += event == "line"
		return each

	before = sys.gettrace()
	sys.settrace(each)
	try:
		work()
	finally:
		sys.settrace(before)
	return count


@pytest.mark.parametrize("supply", [1.0, 0.2], ids=["goods come in", "most lines stay short"])
def test_a_late_week_is_no_more_work_than_an_early_one(supply):
	data = company(ORDERS, supply)
	world = World(data, Checker(), Journal(most_orders=100))
	first = data.orders[0].date

	def week(number):
		for day in range(7 * number, 7 * number + 7):
			days.run_day(world, first + timedelta(days=day))

	found = {}
	for number in range(LATE + 1):
		if number in (EARLY, LATE):
			found[number] = lines_run(lambda number=number: week(number))
		else:
			week(number)
	assert len(world.orders) == ORDERS
	assert found[LATE] <= found[EARLY] * 1.2, found
