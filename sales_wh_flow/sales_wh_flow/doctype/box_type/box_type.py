from frappe.model.document import Document


class BoxType(Document):
	"""A kind of box, pallet, bag or tube that goods are packed into."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		box_type: DF.Data
		enabled: DF.Check
		height_cm: DF.Float
		kind: DF.Literal["Box", "Pallet", "Bag", "Tube"]
		length_cm: DF.Float
		max_weight_kg: DF.Float
		own_cost: DF.Currency
		tare_kg: DF.Float
		width_cm: DF.Float
	# end: auto-generated types
