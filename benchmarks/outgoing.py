"""What the check on outgoing documents costs: Delivery Notes of no order, plain and checked, in turn.

The check is what `events.stock_movement` does before and after ERPNext moves the stock. It is measured by
itself, inside the checked document, and set beside the whole submit of the plain one.
"""

from contextlib import nullcontext

from measure import Result, Sample, Stopwatch, compared, sample
from plain import plain_erpnext
from world import World, set_switches

import frappe

from sales_wh_flow.events import stock_movement

SIZES = (1, 20)


def run(world: World, runs: int, say) -> list[Result]:
	"""``outgoing_check_statements_L``: statements of the check against those of the plain submit;
	``outgoing_check_ratio_L``: its time against that of the plain submit, their ratio is the share it adds.
	"""
	stopwatch = Stopwatch()
	stopwatch.watch(stock_movement)
	results = []
	for size in SIZES:
		plain, checked = [], []
		for at in range(runs * 2 + 1):
			for is_checked in (True, False) if at % 2 else (False, True):
				say(f"delivery of {size} lines, run {at}: {'checked' if is_checked else 'plain'}")
				found = _submit(world, size, is_checked, stopwatch)
				if at:  # the first round only fills the caches
					(checked if is_checked else plain).append(found)
		added = [one.statements - other.statements for one, other in zip(checked, plain, strict=True)]
		statements = [float(it.statements) for it in plain]
		results += [
			compared(f"outgoing_check_statements_{size}", added, statements, "statements"),
			compared(
				f"outgoing_check_ratio_{size}",
				[it.inside_ms for it in checked],
				[it.ms for it in plain],
				"ms",
			),
		]
	return results


def _submit(world: World, size: int, is_checked: bool, stopwatch: Stopwatch) -> Sample:
	set_switches(stock_lock=is_checked)
	note = frappe.get_doc(
		{
			"doctype": "Delivery Note",
			"company": world.company.name,
			"customer": world.customer,
			"items": [
				{"item_code": item, "qty": 1, "rate": 100, "warehouse": world.warehouse}
				for item in world.items[:size]
			],
		}
	).insert()
	frappe.db.commit()
	with nullcontext() if is_checked else plain_erpnext():
		for doctype in ("Stock Settings", "Selling Settings", "Accounts Settings", "Sales Flow Settings"):
			frappe.get_cached_doc(doctype)
			frappe.db.get_singles_dict(doctype)
		doc = frappe.get_doc("Delivery Note", note.name)
		return sample(lambda: (doc.submit(), frappe.db.commit()), stopwatch)
