"""What the form of a courier's bill may call."""

import frappe

from sales_wh_flow.base import border, retry
from sales_wh_flow.claims import claim_bill


@frappe.whitelist(methods=["POST"])
@border.checked(courier_invoice=border.name)
def claim_differences(courier_invoice: str) -> list[str]:
	"""Claims for what a courier's bill asks beyond what was agreed; their names, of the new ones alone."""
	bill = frappe.get_doc("Courier Invoice", courier_invoice)
	bill.check_permission("write")
	frappe.has_permission("Courier Claim", "create", throw=True)
	return retry.from_a_fresh_transaction(lambda: claim_bill.claim_differences(bill))
