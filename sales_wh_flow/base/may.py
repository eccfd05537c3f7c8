"""Questions about rights that tell nobody of a refusal: Frappe's own of a document puts a box on the page."""

import frappe


def may(doc, right: str) -> bool:
	"""Whether the session's user has a right on this document; asked in silence."""
	return bool(doc.flags.ignore_permissions or frappe.has_permission(doc.doctype, right, doc=doc))
