"""What random days are about: a few items and warehouses, made once and committed; nothing is in stock."""

from dataclasses import dataclass

import frappe

from tests import factories as make

PLAIN, LOOSE, BOXED, BATCHED, SERIAL, BUNDLE = range(6)
"""Whole pieces; a weight with fractions; pieces that are also sold in boxes of 6; batches; serial numbers; a
bundle of two pieces and one of a batch, which is in no stock itself.
"""
UNTRACKED = (PLAIN, LOOSE, BOXED)


@dataclass(frozen=True)
class Goods:
	items: tuple[str, ...]
	warehouses: tuple[str, ...]
	customer: str
	author: str
	approver: str

	@classmethod
	def make(cls) -> "Goods":
		"""Also kept as ``Goods.there``."""
		code = make.unique("DAY").replace(" ", "-")
		items = (
			make.make_item(),
			make.make_item(stock_uom="Kg"),
			make.make_item(uoms=[{"uom": "Box", "conversion_factor": 6}]),
			make.make_item(has_batch_no=1, create_new_batch=1, batch_number_series=f"{code}-B.####"),
			make.make_item(has_serial_no=1, serial_no_series=f"{code}-S.####"),
		)
		bundle = make.make_item(is_stock_item=0)
		parts = [{"item_code": items[PLAIN], "qty": 2}, {"item_code": items[BATCHED], "qty": 1}]
		frappe.get_doc({"doctype": "Product Bundle", "new_item_code": bundle, "items": parts}).insert()
		items = (*items, bundle)
		group = make.make_customer_group()
		make.make_rule(threshold=10, customer_group=group)
		policy = {"doctype": "Stock Lock Policy", "title": make.unique("Short"), "company": ""}
		frappe.get_doc({**policy, "customer_group": group, "expire_after": 86400}).insert()
		cls.there = cls(
			items,
			tuple(make.make_warehouses(2)),
			make.make_customer(group=group),
			make.make_user("Sales Manager", "Order Approver"),
			make.make_user("Sales Manager", "Order Approver"),
		)
		return cls.there
