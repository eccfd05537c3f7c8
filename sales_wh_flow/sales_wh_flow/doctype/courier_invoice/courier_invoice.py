from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.claims import check_form


class CourierInvoice(EmptyMeansAny, Document):
	"""What a courier bills for parcels; see claims/."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.courier_invoice_row.courier_invoice_row import (
			CourierInvoiceRow,
		)

		beyond: DF.Currency
		bill_date: DF.Date
		bill_no: DF.Data | None
		billed: DF.Currency
		company: DF.Link
		courier: DF.Link
		currency: DF.Link | None
		expected: DF.Currency
		purchase_invoice: DF.Link | None
		rows: DF.Table[CourierInvoiceRow]
		tolerance_pct: DF.Percent
	# end: auto-generated types

	def validate(self):
		check_form.judge_bill(self)
