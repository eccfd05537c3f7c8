from frappe.model.document import Document


class DeviceAction(Document):
	"""What a device did under a key of its own: see base/once.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Data | None
		answer: DF.Code | None
	# end: auto-generated types
