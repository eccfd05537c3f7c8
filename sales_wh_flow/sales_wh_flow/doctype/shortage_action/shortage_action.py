from sales_wh_flow.base.records import Record


class ShortageAction(Record):
	"""What was done about missing stock of one line: see shortage/store/actions.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal[
			"Purchase",
			"Material Transfer",
			"Manufacture",
			"Purchase Order",
			"Substitute",
			"Backorder",
			"Close Short",
			"Re-route",
			"Short Pick",
			"Open Again",
		]
		actor: DF.Link | None
		consent_by: DF.Data | None
		consent_how: DF.Data | None
		consent_on: DF.Datetime | None
		conversion_factor: DF.Float
		deleted_order: DF.Data | None
		delivery_date: DF.Date | None
		happened_on: DF.Datetime | None
		item_code: DF.Link | None
		new_item: DF.Link | None
		price_rule: DF.Data | None
		qty_stock: DF.Float
		rate: DF.Float
		reason: DF.SmallText | None
		reference_doctype: DF.Link | None
		reference_name: DF.DynamicLink | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		uom: DF.Link | None
		warehouse: DF.Link | None
	# end: auto-generated types
