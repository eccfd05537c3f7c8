from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class ReturnCaseRow(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		batch_no: DF.Link | None
		condition: DF.Link | None
		conversion_factor: DF.Float
		credited_qty: DF.Float
		decided_on: DF.Datetime | None
		decision: DF.Literal["", "Restock", "Quarantine", "Scrap"]
		deleted_order: DF.Data | None
		delivery_note: DF.Link | None
		delivery_note_item: DF.Data
		expected_qty: DF.Float
		from_warehouse: DF.Link | None
		inspected_qty: DF.Float
		item_code: DF.Link | None
		item_name: DF.Data | None
		note: DF.SmallText | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		quality_inspection: DF.Link | None
		reason: DF.Link | None
		received_on: DF.Datetime | None
		received_qty: DF.Float
		remedy: DF.Literal["", "Refund", "Replace", "Repair", "Nothing"]
		return_note: DF.Link | None
		sales_order: DF.Link | None
		sales_order_item: DF.Data | None
		serial_nos: DF.SmallText | None
		shipped_qty: DF.Float
		uom: DF.Link | None
		warehouse: DF.Link | None
	# end: auto-generated types
	pass
