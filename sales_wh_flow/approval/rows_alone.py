"""Rows of an order or a Quotation are judged with it: they come, change and go by saving that.

Frappe lets whoever may write a document insert, save and delete its rows one by one, past its checks, also
once it is submitted. ERPNext's Update Items does so too, and saves the document afterwards: that is judged.
"""

from sales_wh_flow.approval.quotation import is_gated
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.part_of_parent import refuse_alone
from sales_wh_flow.base.settings import APPROVAL, STOCK_LOCK, is_on


def check_written(row) -> None:
	"""Raises: PermissionError for a row that is written alone."""
	if _is_judged(row) and not row.flags.ignore_validate_update_after_submit:
		refuse_alone(row)


def note_cancelled(row) -> None:
	"""Update Items cancels a row before it deletes it; cancelled alone it changes nothing."""
	if _is_judged(row):
		alongside_request().cancelled_rows.add(row.name)


def check_deleted(row) -> None:
	"""Raises: PermissionError for a row that is deleted alone."""
	if _is_judged(row) and row.name not in alongside_request().cancelled_rows:
		refuse_alone(row)


def _is_judged(row) -> bool:
	if row.parenttype == "Sales Order":
		return is_on(APPROVAL) or is_on(STOCK_LOCK)
	return row.parenttype == "Quotation" and is_gated()
