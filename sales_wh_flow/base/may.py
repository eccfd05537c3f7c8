"""Questions about rights that tell nobody of a refusal: Frappe's own of a document puts a box on the page."""

import frappe


def may(doc, right: str) -> bool:
	"""Whether the session's user has a right on this document; asked in silence."""
	return bool(doc.flags.ignore_permissions or frappe.has_permission(doc.doctype, right, doc=doc))


def may_read_field(doctype: str, fieldname: str, user: str | None = None, parent: str | None = None) -> bool:
	"""Whether a user may read a field as it is stored: by its permission level and, where it is masked, by
	the right to see what is masked (ERPNext 16). ``parent``: whose rows these are, where it is a child table.
	"""
	field = frappe.get_meta(doctype).get_field(fieldname)
	rights = frappe.get_meta(parent or doctype)
	is_masked = field.get("mask") and (user or frappe.session.user) != "Administrator"  # as Frappe has it
	asked = ("read", "mask") if is_masked else ("read",)
	return all(field.permlevel in rights.get_permlevel_access(right, user=user) for right in asked)
