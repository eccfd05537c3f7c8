"""Owners: of what was stored before records had any, and of what no person made."""

import frappe

AUTO_REPEAT = "Auto Repeat"


def author_of_pattern(auto_repeat: str) -> str | None:
	"""Who made the document that an Auto Repeat copies; None where it is gone."""
	plan = frappe.db.get_value(AUTO_REPEAT, auto_repeat, ["reference_doctype", "reference_document"])
	return frappe.db.get_value(plan[0], plan[1], "owner") if plan else None


def fill_owners() -> None:
	"""Approvals and their rows that were stored without owner and creation: whoever asked or acted."""
	frappe.db.sql(
		"""update `tabOrder Approval` set owner = coalesce(owner, requested_by, 'Administrator'),
			creation = coalesce(creation, requested_on, modified)
		where owner is null or creation is null"""
	)
	for rows, actor, moment in (
		("Order Approval Decider", "null", "null"),
		("Order Approval Decision", "given.user", "given.decided_on"),
	):
		frappe.db.sql(
			f"""update `tab{rows}` given join `tabOrder Approval` approval on approval.name = given.parent
			set given.owner = coalesce(given.owner, {actor}, approval.owner),
				given.creation = coalesce(given.creation, {moment}, approval.creation)
			where given.owner is null or given.creation is null"""
		)
