"""What an approval is about, as its row says it: a Sales Order or a Quotation."""

import frappe

ABOUT = "if(coalesce({0}.quotation, '') = '', {0}.sales_order, {0}.quotation)"
"""SQL: the name of what an approval is about."""
KIND = "if(coalesce({0}.quotation, '') = '', 'Sales Order', 'Quotation')"
"""SQL: its DocType."""
IS_ABOUT = "(coalesce({0}.sales_order, '') <> '' or coalesce({0}.quotation, '') <> '')"
"""SQL: not of a document that is deleted."""


def links_of(approval: str) -> tuple[str, str] | None:
	"""(DocType, name) of what an approval is about; None when there is no such document any more."""
	found = frappe.db.get_value("Order Approval", approval, ["sales_order", "quotation"]) or ("", "")
	order, quotation = found
	if quotation:
		return "Quotation", quotation
	return ("Sales Order", order) if order else None


def link_field(doctype: str) -> str:
	"""The field of an approval that names a document of this kind."""
	return "quotation" if doctype == "Quotation" else "sales_order"
