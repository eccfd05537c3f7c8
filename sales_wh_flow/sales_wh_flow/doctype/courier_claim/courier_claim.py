from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.claims import check_form, open_claims


class CourierClaim(EmptyMeansAny, Document):
	"""A claim against a courier; see claims/."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		box: DF.Link
		claimed_on: DF.Date | None
		company: DF.Link | None
		courier: DF.Link
		currency: DF.Link | None
		deadline: DF.Date | None
		granted: DF.Currency
		happened_on: DF.Date
		kind: DF.Literal["Lost", "Damaged", "Late", "Overcharged"]
		note: DF.SmallText | None
		reference: DF.Data | None
		state: DF.Literal["To Claim", "Claimed", "Accepted", "Paid", "Refused", "Dropped"]
		tracking_no: DF.Data | None
		warehouse: DF.Link | None
	# end: auto-generated types

	def validate(self):
		check_form.check_claim(self)

	def after_insert(self):
		open_claims.give_to_maker(self)
