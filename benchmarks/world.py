"""The company, items and drafts that are measured. All of it is new in each run, committed, and stays on the
site.
"""

import frappe

from sales_wh_flow.base.settings import CAPABILITIES
from tests import factories

STOCK = 1_000_000.0
"""On hand of each item, so that nothing ever runs short."""


class World:
	def __init__(self, items: int):
		self.company = factories.company()
		self.customer = factories.make_customer()
		self.warehouse = factories.make_warehouse("Benchmark")
		self.items = factories.make_items(items)
		rows = [
			{"item_code": item, "qty": STOCK, "t_warehouse": self.warehouse, "basic_rate": 10}
			for item in self.items
		]
		entry = frappe.get_doc(
			{
				"doctype": "Stock Entry",
				"stock_entry_type": "Material Receipt",
				"purpose": "Material Receipt",
				"company": self.company.name,
				"items": rows,
			}
		)
		entry.insert().submit()
		frappe.db.commit()

	def draft(self, items: list[str], native: bool) -> str:
		"""A saved order with a line of 1 for each item; ``native``: ERPNext reserves its stock on submit."""
		lines = [factories.line(item) for item in items]
		order = factories.make_order(
			*lines, customer=self.customer, warehouse=self.warehouse, reserve_stock=int(native)
		)
		frappe.db.commit()
		return order.name


def set_switches(stock_lock: bool) -> None:
	"""Stock Lock on or off, every other switch off; ERPNext's own reservation is allowed in both cases."""
	frappe.db.rollback()
	wanted = {**dict.fromkeys(CAPABILITIES, "Off"), "stock_lock": "On" if stock_lock else "Off"}
	_set(
		"Stock Settings",
		{"allow_negative_stock": 0, "enable_stock_reservation": 1, "allow_partial_reservation": 1},
	)
	_set("Sales Flow Settings", wanted)
	frappe.db.commit()


def _set(doctype: str, values: dict) -> None:
	doc = frappe.get_doc(doctype)
	if any(doc.get(field) != value for field, value in values.items()):
		doc.update(values).save()
