from sales_wh_flow.base.records import Record


class PhonePIN(Record):
	"""Who takes shared phones over by a PIN: see picking/shared_phone."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		failures: DF.Int
		is_locked: DF.Check
		set_on: DF.Datetime | None
		used_on: DF.Datetime | None
		user: DF.Link
	# end: auto-generated types
