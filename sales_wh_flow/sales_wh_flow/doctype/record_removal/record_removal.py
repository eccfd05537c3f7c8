from sales_wh_flow.base.records import Record


class RecordRemoval(Record):
	"""Who took records away by the road of maintenance: see base/records.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		happened_on: DF.Datetime | None
		reason: DF.SmallText | None
		record_type: DF.Link | None
		removed: DF.Int
	# end: auto-generated types
