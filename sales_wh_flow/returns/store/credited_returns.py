"""What of rows of returns is credited by documents that name them."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.store.returned import NOT_REFUNDED


@dataclass(frozen=True, slots=True)
class ReturnedRow:
	"""A row of a return note; ``left_qty``: what of it may be credited still, nothing of what is sent again
	or to be paid all the same.
	"""

	note: str
	left_qty: float


def returned_rows(rows: Iterable[str], but: str) -> dict[str, ReturnedRow]:
	"""Those of these rows that are of returns, less what their cases credit, drafts among it, and what
	submitted credit notes other than ``but`` credit of them; as last committed.
	"""
	wanted = tuple(sorted(set(rows)))
	if not wanted:
		return {}
	found = frappe.db.sql(
		f"""select row.name, note.name, if(note.swf_replace = 1, 0, -row.qty)
			- coalesce((select sum(its.received_qty) from `tabReturn Case Document` made
				join `tabReturn Case Row` its on its.name = made.case_row
				where made.document_name = note.name and made.document_row = row.name
					and its.remedy in {NOT_REFUNDED} lock in share mode), 0)
			- coalesce((select sum(credited.qty) from `tabReturn Case Document` made
				join `tabReturn Case Document` credited on credited.case_row = made.case_row
					and credited.document_type = 'Sales Invoice'
				join `tabSales Invoice` bill on bill.name = credited.document_name and bill.docstatus < 2
				where made.document_name = note.name and made.document_row = row.name
				lock in share mode), 0)
			+ coalesce((select sum(credit.qty) from `tabSales Invoice Item` credit
				join `tabSales Invoice` bill on bill.name = credit.parent
					and bill.docstatus = 1 and bill.is_return = 1 and bill.name <> %(but)s
				where credit.dn_detail = row.name lock in share mode), 0)
		from `tabDelivery Note Item` row force index (primary)
		straight_join `tabDelivery Note` note force index (primary)
			on note.name = row.parent and note.is_return = 1
		where row.name in %(rows)s lock in share mode""",
		{"rows": wanted, "but": but},
	)
	return {row: ReturnedRow(note, max(rounded(flt(left)), 0.0)) for row, note, left in found}


def notes_that_sent(return_rows: Iterable[str]) -> list[str]:
	"""The Delivery Notes whose goods rows of returns took back; none for rows of others."""
	wanted = tuple(sorted(set(return_rows)))
	if not wanted:
		return []
	return frappe.db.sql_list(
		"""select distinct note.return_against from `tabDelivery Note Item` row
		join `tabDelivery Note` note on note.name = row.parent and note.is_return = 1
		where row.name in %s and coalesce(note.return_against, '') <> ''""",
		(wanted,),
	)
