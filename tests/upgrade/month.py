"""A month of orders on the site of an older version: month.py FILE writes what they left, for later ones.

Every order is one of five kinds, so that each state lies on the site when it is upgraded: locked, in part
delivered, waiting for stock, on an open pick list, and waiting for an approval.
"""

import json
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "upgrade")]

DAYS = 20


def main(target: Path) -> None:
	from tests.site import all_is_well, connected, set_switches

	with connected(in_test=False):
		import frappe

		from tests.upgrade import facts

		set_switches(approval=True, stock_lock=True, fulfilment=True)
		make_month(frappe)
		frappe.db.commit()
		all_is_well()
		target.write_text(json.dumps(facts.now(), indent="\t", default=str))


def make_month(frappe) -> None:
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	from sales_wh_flow.picking import api as picking_api
	from tests import factories as make
	from tests.approval import deciding

	place, customer = make.make_warehouse(), make.make_customer()
	for day in range(DAYS):
		item = make.stocked(10, place)
		batched = make.make_item(has_batch_no=1, create_new_batch=1, batch_number_series=f"UP{day:02}.###")
		make.receive(batched, 5, place)
		rows = (make.line(item, qty=4), make.line(batched, qty=3))

		def order(*rows):
			return make.make_order(*rows, warehouse=place, customer=customer, submit=True)

		order(*rows)
		part = order(make.line(item, qty=4))
		note = make_delivery_note(part.name)
		note.items[0].qty = 1
		note.insert().submit()
		picked = order(make.line(batched, qty=2))
		frappe.db.commit()
		picking_api.make_pick_lists(picked.name)
		order(make.line(item, qty=7))
		frappe.db.commit()
		if day % 4 == 0:
			deciding.asked(deciding.role(), title=make.unique("Discount"))
		frappe.db.commit()


if __name__ == "__main__":
	main(Path(sys.argv[1]))
