"""The company's lists of reasons and conditions; the first ones are made where there are none."""

import frappe
from frappe import _

REASONS = (
	("Damaged in Transit", "Courier"),
	("Faulty", "Supplier"),
	("Wrong Item Sent", "Us"),
	("Ordered by Mistake", "Customer"),
	("Arrived Too Late", "Us"),
	("Refused at Delivery", "Customer"),
	("Not Needed Any More", "Customer"),
)
_AT_THE_DOOR = {
	"Damaged": "Damaged in Transit",
	"Wrong Item": "Wrong Item Sent",
	"Too Many": "Wrong Item Sent",
	"Poor Quality": "Faulty",
	"Too Late": "Arrived Too Late",
}
"""What a receiver says to the driver, on the list that is made first; all else is refused at delivery."""

CONDITIONS = (
	("As New", "Restock"),
	("Opened", "Quarantine"),
	("Damaged", "Scrap"),
	("To Be Inspected", "Quarantine"),
)


def seed() -> None:
	"""Make each list where it is empty; what the company did with its lists stays."""
	if not frappe.db.count("Return Reason"):
		for name, fault in REASONS:
			_make({"doctype": "Return Reason", "reason_name": _(name), "whose_fault": fault})
	if not frappe.db.count("Return Condition"):
		for name, decision in CONDITIONS:
			_make({"doctype": "Return Condition", "condition_name": _(name), "decision": decision})


def _make(values: dict) -> None:
	# Part of the installation; nobody is asked.
	frappe.get_doc({**values, "enabled": 1}).insert(ignore_permissions=True)


def of_refusal(told: str | None) -> str | None:
	"""The Return Reason of what a receiver told the driver: one of that name, else the one that is meant by
	it, else that of refused goods; None where the company keeps none of them, and for nothing told.
	"""
	if not told:
		return None
	names = [told, _(told)]
	for name in (_AT_THE_DOOR.get(told), "Refused at Delivery"):
		names += [name, _(name)] if name else []
	known = set(enabled_reasons("Return Reason"))
	return next((name for name in names if name in known), None)


def enabled_reasons(doctype: str) -> list[str]:
	"""The names on a list that may be chosen now, by name."""
	return frappe.get_all(doctype, {"enabled": 1}, order_by="name", pluck="name")
