from sales_wh_flow.base.records import Record


class DeliveryProof(Record):
	"""What the receiver of a box did with it. A correction is a new proof that replaces this one."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.delivery_proof_item.delivery_proof_item import (
			DeliveryProofItem,
		)

		accuracy_m: DF.Float
		actor: DF.Link | None
		box: DF.Link | None
		company: DF.Link | None
		contents: DF.Table[DeliveryProofItem]
		correction_reason: DF.SmallText | None
		customer: DF.Link | None
		customer_name: DF.Data | None
		delivery_note: DF.Link | None
		device: DF.Data | None
		handover: DF.Link | None
		happened_on: DF.Datetime | None
		has_consent: DF.Check
		latitude: DF.Float
		longitude: DF.Float
		mode_of_payment: DF.Link | None
		money_reason: DF.SmallText | None
		money_reference: DF.Data | None
		money_taken: DF.Currency
		note: DF.SmallText | None
		outcome: DF.Literal["Accepted", "Partly Accepted", "Refused", "Failed Attempt"]
		payment_entry: DF.Link | None
		photo: DF.AttachImage | None
		position_age_s: DF.Int
		reason: DF.Data | None
		reason_group: DF.Literal["", "Carrier", "Retailer", "Consignee", "Customs", "Weather", "Other"]
		receiver: DF.Data | None
		recorded_on: DF.Datetime | None
		replaced_by: DF.Link | None
		replaces: DF.Link | None
		taken_by: DF.Link | None
		to_collect: DF.Currency
		warehouse: DF.Link | None
	# end: auto-generated types
