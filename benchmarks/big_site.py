"""A company's tables after years: orders, lines, reservations and lock events, inserted by SQL in seconds.

Of 50,000 orders of 900 days nine of ten are delivered; open are the newest, and one in fifty of the old.
Of those half are locked and half wait. What is made is named BIG-..., so that `remove` finds it. Run it as
benchmarks/run.py is run; ``--times 5`` is five times the size.

A site that has grown so far has a buffer pool in which its tables find room; with one for a small site it is
the disk that is measured. SWHF_BUFFER_MB gives the MariaDB that script/lib starts another size than its own.
"""

import argparse
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from big_site_rows import DEMAND_OF_BINS, ITEMS, PLACES, QTY, rows_of_tables  # noqa: E402

import frappe  # noqa: E402

ORDERS = 50_000

TABLES = ("Sales Order", "Sales Order Item", "Stock Reservation Entry", "Stock Lock Event", "Order Approval")
MORE = ("Order Approval Decision", "Bin", "Stock Ledger Entry", "Item", "Order Gate")


def load(times: float = 1) -> dict[str, float]:
	"""Insert it all, so many times the usual size. Returns {"seconds", and the rows of each table}."""
	from tests import factories

	began_s = time.perf_counter()
	remove()
	template = _template(factories)
	orders = int(ORDERS * times)
	values = {"orders": orders, "items": ITEMS, "places": PLACES}
	_places(factories, template)
	for doctype, source, columns in rows_of_tables(template["places"], orders):
		_copy(doctype, template[doctype], source.format(**values), columns)
	frappe.db.sql(DEMAND_OF_BINS)
	frappe.db.commit()
	for doctype in (*TABLES, *MORE):
		frappe.db.sql(f"analyze table `tab{doctype}`")
	counts = {doctype: _count(doctype) for doctype in TABLES}
	return {"seconds": time.perf_counter() - began_s, **counts}


def remove() -> None:
	"""Take away what an earlier load has made."""
	for doctype in (*TABLES, *MORE):
		frappe.db.sql(f"delete from `tab{doctype}` where name like 'BIG-%'")
	frappe.db.delete("Order Approval", {"rule": "BIG rule"})  # the one that was copied, which nobody decided
	frappe.db.commit()


def _count(doctype: str) -> int:
	return frappe.db.sql(f"select count(*) from `tab{doctype}` where name like 'BIG-%'")[0][0]


def _template(factories) -> dict[str, str]:
	"""One order with all that belongs to it, made by ERPNext and the flow: the rows that are copied."""
	from world import set_switches

	set_switches(stock_lock=True)
	place = factories.make_warehouse("Big Site 0")
	item = factories.stocked(100, place)
	order = factories.make_order(factories.line(item, qty=QTY, warehouse=place), submit=True)
	approval = frappe.get_doc(
		{
			"doctype": "Order Approval",
			"sales_order": order.name,
			"customer": order.customer,
			"company": order.company,
			"rule": "BIG rule",
			"state": "Approved",
		}
	)
	approval.flags.ignore_links = approval.flags.ignore_mandatory = True
	from sales_wh_flow.base import records
	from sales_wh_flow.base.alongside import alongside

	alongside(approval).writer = records._FLOW
	approval.insert(ignore_permissions=True)
	frappe.db.commit()
	one = {"Sales Order": order.name, "Sales Order Item": order.items[0].name, "Item": item}
	one["Order Approval"] = approval.name
	one["Bin"] = frappe.db.get_value("Bin", {"item_code": item, "warehouse": place})
	one["Stock Ledger Entry"] = frappe.db.get_value("Stock Ledger Entry", {"item_code": item})
	one["Stock Reservation Entry"] = frappe.db.get_value(
		"Stock Reservation Entry", {"voucher_no": order.name}
	)
	one["Stock Lock Event"] = frappe.db.get_value("Stock Lock Event", {"sales_order": order.name})
	one["company"] = order.company
	return one


def _places(factories, template: dict[str, str]) -> None:
	names = [factories.make_warehouse(f"Big Site {at}") for at in range(1, PLACES + 1)]
	template["places"] = names
	frappe.db.commit()


def _copy(doctype: str, template: str, source: str, columns: dict[str, str]) -> None:
	"""Insert the template's row once for each of ``source``, with these columns as they say."""
	known = frappe.db.get_table_columns(doctype)
	own = {name: text for name, text in columns.items() if name in known}
	rest = [name for name in known if name not in own]
	names = ", ".join(f"`{name}`" for name in (*own, *rest))
	values = ", ".join([*own.values(), *(f"src.`{name}`" for name in rest)])
	query = f"insert into `tab{doctype}` ({names}) select {values} from `tab{doctype}` src, {source}"
	frappe.db.sql(f"{query} where src.name = {frappe.db.escape(template)}")


def measured() -> dict[str, float]:
	"""Seconds of each screen and job, the second of two runs."""
	from sales_wh_flow.audit import check
	from sales_wh_flow.picking import warehouse_work
	from sales_wh_flow.sales_wh_flow.report.approval_history import approval_history
	from sales_wh_flow.sales_wh_flow.report.stock_locks import stock_locks
	from sales_wh_flow.sales_wh_flow.report.waiting_demand import waiting_demand
	from sales_wh_flow.stock_lock import repair
	from sales_wh_flow.stock_lock.serving import plan_to_show

	works = {
		"serving plan": plan_to_show.dry_run,
		"warehouse work": warehouse_work.overview,
		"stock locks": lambda: stock_locks.execute({}),
		"waiting demand": lambda: waiting_demand.execute({}),
		"approval history": lambda: approval_history.execute({}),
		"daily repair": repair.look_for_drift,
		"whole check": lambda: _check_by_parts(check),
	}
	seconds = {}
	for name, work in works.items():
		for _time in range(1 if name in ("whole check", "daily repair") else 2):
			frappe.db.rollback()
			began_s, own_s, rows = time.perf_counter(), time.process_time(), _rows_read()
			work()
			seconds[name] = time.perf_counter() - began_s
			own_s, rows = time.process_time() - own_s, _rows_read() - rows
		print(
			f"   {name:<20}{seconds[name]:>8.2f} s, {own_s:.2f} s of it Python, {rows:,} rows read",
			flush=True,
		)
	return seconds


def _rows_read() -> int:
	"""Rows that this connection has asked of tables so far, whatever else the machine does."""
	found = frappe.db.sql("show session status like 'Handler_read%%'")
	return sum(int(value) for _name, value in found)


def _check_by_parts(check) -> None:
	"""As `bench swhf-check` looks at a whole site."""
	part, longest_s = check.part_after(), 0.0
	while part:
		frappe.db.rollback()
		began_s = time.perf_counter()
		check.look_at(part)
		longest_s = max(longest_s, time.perf_counter() - began_s)
		part = check.part_after(part.kind, part.last)
	print(f"   {'its longest part':<20}{longest_s:>8.2f} s", flush=True)


def memory() -> tuple[int, int]:
	"""(MB of all tables with their indexes, MB of MariaDB's buffer pool)"""
	return frappe.db.sql(
		"""select cast(sum(data_length + index_length) div 1048576 as signed),
			@@innodb_buffer_pool_size div 1048576
		from information_schema.tables where table_schema = database()"""
	)[0]


def main() -> None:
	parser = argparse.ArgumentParser(prog="big_site", description="Measure screens and jobs on a big site.")
	parser.add_argument("--times", type=int, default=1, help="of 50,000 orders (1)")
	parser.add_argument("--keep", action="store_true", help="leave what was loaded")
	parser.add_argument("--loaded", action="store_true", help="it is there from before")
	wanted = parser.parse_args()
	frappe.init(site=os.environ["SWHF_SITE"], sites_path=os.environ.get("SWHF_SITES_PATH") or os.getcwd())
	frappe.connect()
	frappe.set_user("Administrator")
	try:
		if not wanted.loaded:
			print(load(wanted.times), flush=True)
		print("   tables {} MB, buffer pool {} MB".format(*memory()), flush=True)
		measured()
	finally:
		frappe.db.rollback()
		if not wanted.keep:
			remove()
		frappe.destroy()


if __name__ == "__main__":
	main()
