from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.packing import stations


class PackingStation(EmptyMeansAny, Document):
	"""A table where boxes are packed, and the printer beside it."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		enabled: DF.Check
		label_format: DF.Link | None
		packing_list_format: DF.Link | None
		printer_name: DF.Data | None
		prints_on_close: DF.Check
		prints_packing_list: DF.Check
		station_name: DF.Data
		warehouse: DF.Link | None
		way: DF.Literal["Browser", "QZ Tray", "File"]
	# end: auto-generated types

	def validate(self):
		stations.check_form(self)
