"""What the print "Order Confirmation" shows a customer: no warehouse, no reason, no figure of ours."""

from typing import TypedDict

from frappe import _
from frappe.utils import flt, formatdate, getdate
from frappe.utils.formatters import format_value

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.order_board.rules import confirmation
from sales_wh_flow.order_board.rules.confirmation import ConfirmedLine, OrderedPart
from sales_wh_flow.order_board.store import overview


class ConfirmationLine(TypedDict):
	"""Texts in the print's language. ``days``: when it is promised, in parts where it comes in parts."""

	item_name: str
	description: str
	qty: str
	rate: str
	amount: str
	days: list[str]


class ConfirmedParcel(TypedDict):
	"""``link``: the courier's page, or ""."""

	number: str
	link: str


class Confirmation(TypedDict):
	lines: list[ConfirmationLine]
	parcels: list[ConfirmedParcel]


def confirmation_print(doc) -> Confirmation:
	"""For the print format, of a Sales Order in hand. Statements: one."""
	rows = {row.idx: row for row in doc.items}
	return {
		"lines": [_shown(doc, rows[line.first_row], line) for line in confirmation.join_parts(_parts(doc))],
		"parcels": [{"number": number, "link": link or ""} for number, link in overview.parcels_of(doc.name)],
	}


def _parts(doc) -> list[OrderedPart]:
	return [
		OrderedPart(
			row.idx,
			row.item_code or row.item_name or "",
			row.uom or "",
			flt(row.rate),
			row.description or "",
			flt(row.qty),
			flt(row.amount),
			_day(row, doc),
		)
		for row in doc.items
	]


def _day(row, doc):
	day = (
		row.get("swf_line_expected_on")
		or row.get("swf_promised_on")
		or row.delivery_date
		or doc.delivery_date
	)
	return getdate(day) if day else None


def _shown(doc, row, line: ConfirmedLine) -> ConfirmationLine:
	def money(value: float, fieldname: str) -> str:
		return format_value(value, row.meta.get_field(fieldname), doc=row, currency=doc.currency)

	known = [(day, qty) for day, qty in line.days if day]
	days = [formatdate(day) for day, _qty in known]
	if len(line.days) > 1:
		days = [_("{0} on {1}").format(figure(qty), formatdate(day)) for day, qty in known]
	return {
		"item_name": row.item_name or line.item_code,
		"description": row.description if row.description not in (row.item_name, line.item_code) else "",
		"qty": f"{figure(line.qty)} {_(line.uom)}",
		"rate": money(line.rate, "rate"),
		"amount": money(line.amount, "amount"),
		"days": days,
	}
