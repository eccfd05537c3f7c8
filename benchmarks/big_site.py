"""A company's tables after years: orders, lines, reservations and lock events, inserted by SQL in seconds.

Of 50,000 orders of 900 days nine of ten are delivered; open are the newest, and one in fifty of the old.
Of those half are locked and half wait. What is made is named BIG-..., so that `remove` finds it. Run it as
benchmarks/run.py is run; ``--times 5`` is five times the size.
"""

import argparse
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

import frappe  # noqa: E402

ORDERS, ITEMS, PLACES = 50_000, 2_000, 5
QTY = 5

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
	for doctype, source, columns in _rows(template["places"], orders):
		_copy(doctype, template[doctype], source.format(**values), columns)
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


_ORDER = "concat('BIG-', lpad(n.seq, 8, '0'))"
_ROW = f"concat({_ORDER}, '-', l.seq)"
_ITEM = "concat('BIG-', (n.seq * 7 + l.seq * 13) % {items})"
_FOR_EACH_ORDER = "seq_1_to_{orders} n"
_FOR_EACH_LINE = "seq_1_to_{orders} n, seq_1_to_4 l"


def _rows(places: list[str], orders: int):
	"""(DocType, FROM, {column: SQL}) of every table, in the order in which they are filled."""
	names = ", ".join(map(frappe.db.escape, places))
	place = f"elt(1 + (n.seq div 20) % {PLACES}, {names})"
	item = _ITEM.format(items=ITEMS)
	is_open = f"(n.seq > {orders * 23 // 25} or n.seq % 50 = 0)"
	waits = f"({is_open} and (n.seq div 50) % 2 = 0)"
	stamp = f"now(6) - interval ({orders} - n.seq) * 900 div {orders} day - interval (n.seq % 3600) second"
	stamps = {"creation": stamp, "modified": stamp}
	of_bin = {"item_code": "concat('BIG-', n.seq)"}
	there = f"elt(l.seq, {names})"
	bins = "seq_0_to_1999 n, seq_1_to_5 l"
	yield (
		"Item",
		"seq_0_to_1999 n",
		{"name": "concat('BIG-', n.seq)", **of_bin, "item_name": "concat('Item ', n.seq)"},
	)
	status = f"if({is_open}, 'To Deliver and Bill', 'Completed')"
	flow = f"if({waits}, 'Waiting for Stock', if({is_open}, 'Locked', 'Delivered'))"
	yield (
		"Sales Order",
		_FOR_EACH_ORDER,
		{
			"name": _ORDER,
			**stamps,
			"transaction_date": f"date({stamp})",
			"delivery_date": "curdate() - interval 20 day + interval (n.seq % 61) day",
			"status": status,
			"swf_flow_status": flow,
			"per_delivered": f"if({is_open}, 0, 100)",
			"per_billed": f"if({is_open}, 0, 100)",
		},
	)
	yield (
		"Sales Order Item",
		_FOR_EACH_LINE,
		{
			**{
				"name": _ROW,
				"parent": _ORDER,
				"idx": "l.seq",
				"item_code": item,
				"warehouse": place,
				**stamps,
			},
			"delivery_date": "curdate() - interval 20 day + interval (n.seq % 61) day",
			"delivered_qty": f"if({is_open}, 0, {QTY})",
			"billed_amt": f"if({is_open}, 0, src.amount)",
			"stock_reserved_qty": f"if({waits}, 0, {QTY})",
		},
	)
	yield (
		"Stock Reservation Entry",
		_FOR_EACH_LINE,
		{
			**{
				"name": "concat('BIG-SRE-', n.seq, '-', l.seq)",
				"item_code": item,
				"warehouse": place,
				**stamps,
			},
			"voucher_no": _ORDER,
			"voucher_detail_no": _ROW,
			"reserved_qty": str(QTY),
			"docstatus": f"if({waits}, 2, 1)",
			"delivered_qty": f"if({is_open}, 0, {QTY})",
			"status": f"if({waits}, 'Cancelled', if({is_open}, 'Reserved', 'Delivered'))",
		},
	)
	event = {
		**{"item_code": item, "warehouse": place, **stamps, "happened_on": stamp},
		**{"sales_order": _ORDER, "sales_order_item": _ROW},
		"reservation": "concat('BIG-SRE-', n.seq, '-', l.seq)",
	}
	yield (
		"Stock Lock Event",
		_FOR_EACH_LINE,
		{"name": "concat('BIG-L-', n.seq, '-', l.seq)", **event, "qty_stock": str(QTY)},
	)
	yield (
		"Stock Lock Event",
		_FOR_EACH_LINE,
		{
			"name": "concat('BIG-R-', n.seq, '-', l.seq)",
			**event,
			"event": f"if({is_open} and not ({waits}), 'Warned', 'Released')",
			"qty_stock": f"if({is_open} and not ({waits}), 0, -{QTY})",
		},
	)
	yield (
		"Order Approval",
		"seq_1_to_{orders} n, seq_1_to_2 l",
		{
			"name": "concat('BIG-A-', n.seq, '-', l.seq)",
			**stamps,
			"sales_order": _ORDER,
			"requested_on": stamp,
			"decided_on": f"{stamp} + interval 5 hour",
			"decided_by": "'Administrator'",
			"requested_by": "'Administrator'",
		},
	)
	locked = f"""coalesce((select sum(sre.reserved_qty) from `tabStock Reservation Entry` sre
		where sre.docstatus = 1 and sre.status = 'Reserved' and sre.item_code = concat('BIG-', n.seq)
		and sre.warehouse = {there}), 0)"""
	on_hand = f"{locked} + if(n.seq % 100 = 0, 3, 0)"
	figures = {"name": "concat('BIG-', n.seq, '-', l.seq)", **of_bin, "warehouse": there}
	yield "Bin", bins, {**figures, "actual_qty": on_hand, "reserved_stock": locked}
	yield "Stock Ledger Entry", bins, {**figures, "qty_after_transaction": on_hand, "actual_qty": on_hand}


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
			began_s = time.perf_counter()
			work()
			seconds[name] = time.perf_counter() - began_s
		print(f"   {name:<20}{seconds[name]:>8.2f} s", flush=True)
	return seconds


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
		measured()
	finally:
		frappe.db.rollback()
		if not wanted.keep:
			remove()
		frappe.destroy()


if __name__ == "__main__":
	main()
