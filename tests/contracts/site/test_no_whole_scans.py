"""Screens, jobs and the daily repair never read all orders, order lines or reservations of years."""

import sys
from pathlib import Path

import pytest

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.order import refresh_forecast
from sales_wh_flow.order.store import forecast
from sales_wh_flow.order_board import api as board_api
from sales_wh_flow.picking import warehouse_work
from sales_wh_flow.sales_wh_flow.report.approval_history import approval_history
from sales_wh_flow.sales_wh_flow.report.stock_locks import stock_locks
from sales_wh_flow.sales_wh_flow.report.waiting_demand import waiting_demand
from sales_wh_flow.stock_lock import expire, leave_bad_lots, repair
from sales_wh_flow.stock_lock.serving import plan_to_show, serve
from tests.site import set_switches

pytestmark = pytest.mark.unchecked

WORKS = {
	"the serving plan": plan_to_show.dry_run,
	"serving": serve.plan_serving,
	"Warehouse Work": warehouse_work.overview,
	"Stock Locks": lambda: stock_locks.execute({}),
	"Waiting Demand": lambda: waiting_demand.execute({}),
	"the daily repair": repair.look_for_drift,
	"the hourly look for bad lots": leave_bad_lots.orders_with_bad_lots,
	"the hourly look for locks that end": lambda: locks_that_end(),
	"Approval History": lambda: approval_history.execute({}),
	"the Order Board": lambda: board_api.board(only='["waiting_for_me"]'),
	"what waits for me": board_api.waiting_for_me,
	"the hourly forecast": lambda: refresh_forecast.refresh_forecasts(forecast.measured_orders()[:1000]),
}
GROWN = frozenset(
	f"tab{doctype}" for doctype in ("Sales Order", "Sales Order Item", "Stock Reservation Entry")
)
ALIASES = frozenset({"so", "line", "soi", "sre"})
"""What statements call these tables."""
MOST_PAIRS = 100_000
"""Of rows that a statement compares where no index joins them: that grows with the square of the data."""


def locks_that_end() -> list[str]:
	policy = {
		"doctype": "Stock Lock Policy",
		"title": frappe.generate_hash(length=8),
		"expire_after": 3 * 86_400,
	}
	frappe.get_doc({**policy, "company": "", "customer_group": ""}).insert()
	return expire.orders_to_look_at(now_datetime())


@pytest.fixture(scope="module")
def years(site):
	"""2,000 orders, of which nine of ten are finished long ago."""
	sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
	import big_site

	frappe.set_user("Administrator")
	big_site.load(0.04)
	yield
	frappe.db.rollback()
	frappe.set_user("Administrator")
	big_site.remove()
	set_switches()
	frappe.db.commit()


def _count(rows: str | None) -> int:
	"""The rows that MariaDB expects to read; where it filters by a second index it says "1 (56%)"."""
	return int((rows or "1").split()[0])


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
def test_no_statement_walks_a_table_that_grows(years, work, monkeypatch):
	native, walked, compared, seen = frappe.db.sql, [], [], []

	def sql(query, *args, **kwargs):
		if str(query).lstrip(" \n(").lower().startswith("select"):
			values = args[:1] or ([kwargs["values"]] if "values" in kwargs else [])
			rows_so_far = {}
			for row in native(f"explain {query}", *values, as_dict=True):
				seen.append(row.table)
				text = f"{row.table} {row.type} {row.rows}: {' '.join(str(query).split())[:200]}"
				if row.type in ("ALL", "index") and row.table in GROWN | ALIASES:
					walked.append(text)
				rows_so_far[row.id] = rows_so_far.get(row.id, 1) * _count(row.rows)
				if "BNL join" in (row.Extra or "") and rows_so_far[row.id] > MOST_PAIRS:
					compared.append(text)
		return native(query, *args, **kwargs)

	monkeypatch.setattr(frappe.db, "sql", sql)
	work()
	assert seen, "its statements were looked at"
	assert not walked, "\n".join(walked)
	assert not compared, "each row against each:\n" + "\n".join(compared)
