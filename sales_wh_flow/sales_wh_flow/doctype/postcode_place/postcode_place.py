import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt


class PostcodePlace(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		country: DF.Link
		latitude: DF.Float
		longitude: DF.Float
		postcode: DF.Data

	# end: auto-generated types
	def before_validate(self):
		self.postcode = "".join((self.postcode or "").split()).upper()

	def validate(self):
		if not (-90 <= flt(self.latitude) <= 90 and -180 <= flt(self.longitude) <= 180):
			frappe.throw(
				_("{0}, {1} is no place on earth: latitudes go from -90 to 90, longitudes to 180.").format(
					flt(self.latitude), flt(self.longitude)
				),
				title=_("No Such Place"),
			)
