from sales_wh_flow.base.records import Record


class CustomerPageLink(Record):
	"""A link by which a customer sees one order without login: see milestones/page_link.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		expires_on: DF.Datetime | None
		revoked_by: DF.Link | None
		revoked_on: DF.Datetime | None
		sales_order: DF.Link | None
	# end: auto-generated types
