"""Orders of a site whose app is still laid out as before: former_days.py FILE writes what they left.

Run with the former app in front of today's on the Python path, so that its own code makes the locks, asks
for the approval and queues the jobs, under the paths of that time.
"""

import json
import sys
from pathlib import Path

APP = "sales_wh_flow"


def main(target: Path) -> None:
	from tests.lifecycle.test_uninstall_and_install import connected, turn_on

	with connected() as frappe:
		assert frappe.get_app_path(APP).startswith(sys.argv[2]), "this is not the former app"
		frappe.set_user("Administrator")
		turn_on(frappe)
		target.write_text(json.dumps(made(frappe)))


def made(frappe) -> dict:
	from tests import factories as make

	place, customer = make.make_warehouse(), make.make_customer()
	item = make.make_item()
	make.receive(item, 10, place)

	def order(qty: float, **values):
		return make.make_order(make.line(item, qty=qty, **values), warehouse=place, customer=customer)

	locked, picked, waiting = (order(qty) for qty in (4, 3, 8))
	for one in (locked, picked, waiting):
		one.submit()
	(pick_list,) = frappe.get_attr(f"{APP}.api.make_pick_lists")(picked.name)
	make.make_rule(threshold=10, company=make.company().name)
	with make.acting_as(make.make_user("Sales User")):
		asked = order(1, rate=80)
		frappe.db.commit()  # it is asked from a fresh transaction
		frappe.get_attr(f"{APP}.api.ask_for_approval")(asked.name)
	frappe.db.commit()
	frappe.enqueue(f"{APP}.jobs.refresh_open_orders", queue="long")
	frappe.enqueue(f"{APP}.jobs.act_on_shortage", queue="default", sales_order=waiting.name)
	frappe.enqueue(f"{APP}.jobs.request_transfers", queue="default", sales_order=waiting.name)
	return {
		"item": item,
		"place": place,
		"locked": locked.name,
		"waiting": waiting.name,
		"asked": asked.name,
		"pick_list": pick_list,
		**left(frappe, [locked.name, picked.name, waiting.name, asked.name]),
	}


def left(frappe, orders: list[str]) -> dict:
	"""What has to stay as it is: {"locks", "approvals", "orders": sorted rows}."""

	def rows(doctype: str, field: str, *fields: str) -> list:
		return sorted(frappe.get_all(doctype, {field: ("in", orders)}, [*fields], as_list=True))

	return {
		"locks": rows("Stock Reservation Entry", "voucher_no", "name", "reserved_qty", "status", "docstatus"),
		"approvals": rows("Order Approval", "sales_order", "name", "state"),
		"orders": rows("Sales Order", "name", "name", "docstatus", "swf_flow_status"),
	}


if __name__ == "__main__":
	main(Path(sys.argv[1]))
