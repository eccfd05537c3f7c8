from frappe.model.document import Document


class ShelfPlace(Document):
	"""Where an item lies in a warehouse: a sort key for the walk, no stock of its own."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		item_code: DF.Link
		place: DF.Data
		sequence: DF.Int
		warehouse: DF.Link
	# end: auto-generated types
