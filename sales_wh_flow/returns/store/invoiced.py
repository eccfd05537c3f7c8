"""What of delivered goods is invoiced, and what of that is credited."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.store.returned import NOT_REFUNDED
from sales_wh_flow.returns.rules.credit import InvoiceRow, LineBilledByOrder, PaperOfLine, came_back_first
from sales_wh_flow.returns.store.amended import first_documents


def invoices_of(
	note_rows: Iterable[str], order_rows: Iterable[str], any_note: Iterable[str] = ()
) -> list[str]:
	"""The submitted invoices that bill these rows of notes, or of orders without naming a note; those of the
	rows ``any_note`` whatever they name.
	"""
	rows = frappe.db.sql(f"select distinct bill.name {_INVOICED}", _values(note_rows, order_rows, any_note))
	return sorted(row[0] for row in rows)


def hold_invoices(names: Iterable[str]) -> None:
	"""Lock the invoices, by name: nobody else credits them meanwhile."""
	wanted = tuple(sorted(set(names)))
	if wanted:
		frappe.db.sql(
			"""select name from `tabSales Invoice` force index (primary)
			where name in %s order by name for update""",
			(wanted,),
		)


def rows_left(
	note_rows: Iterable[str],
	order_rows: Iterable[str],
	any_note: Iterable[str] = (),
	*,
	for_decision: bool = False,
) -> list[InvoiceRow]:
	"""The invoices' rows, the oldest first, with what of them is not credited by any credit note, drafts
	among them. ``for_decision``: as last committed; the caller holds the invoices.
	"""
	lock = _lock(for_decision)
	rows = frappe.db.sql(
		f"""select row.name, row.parent, coalesce(row.dn_detail, ''), coalesce(row.so_detail, ''), row.qty,
			coalesce((select sum(-back.qty) from `tabSales Invoice` credit
				join `tabSales Invoice Item` back on back.parent = credit.name
				where credit.return_against = bill.name and credit.is_return = 1 and credit.docstatus < 2
					and back.sales_invoice_item = row.name {lock}), 0)
		{_INVOICED} order by bill.posting_date, bill.name, row.idx {lock}""",
		_values(note_rows, order_rows, any_note),
	)
	return [
		InvoiceRow(name, bill, note_row, order_row, rounded(flt(qty) - flt(credited)))
		for name, bill, note_row, order_row, qty, credited in rows
	]


def billed_money(order_rows: Iterable[str], currency: str, but: str) -> dict[str, tuple[float, float]]:
	"""{row of an order: (invoiced, credited)}, net, by submitted documents in this currency other than
	``but``, as last committed.
	"""
	rows = frappe.db.sql(
		"""select row.so_detail, sum(if(bill.is_return = 1, 0, row.net_amount)),
			sum(if(bill.is_return = 1, -row.net_amount, 0))
		from `tabSales Invoice Item` row join `tabSales Invoice` bill on bill.name = row.parent
		where row.so_detail in %s and bill.docstatus = 1 and bill.currency = %s and bill.name <> %s
		group by row.so_detail lock in share mode""",
		(tuple(sorted(set(order_rows))), currency, but),
	)
	return {row: (flt(invoiced), flt(credited)) for row, invoiced, credited in rows}


def credited_natively(return_rows: Iterable[str], *, for_decision: bool = False) -> dict[str, float]:
	"""{row of a return note: what ERPNext's own credit notes credit of it}, drafts among them.
	``for_decision``: as last committed.
	"""
	wanted = tuple(return_rows)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		f"""select row.dn_detail, sum(-row.qty) from `tabSales Invoice Item` row
		join `tabSales Invoice` bill on bill.name = row.parent and bill.is_return = 1 and bill.docstatus < 2
		where row.dn_detail in %s group by row.dn_detail {_lock(for_decision)}""",
		(wanted,),
	)
	return {row: flt(qty) for row, qty in rows}


def needs_of_notes(note_rows: Iterable[str], *, for_decision: bool = False) -> dict[str, float]:
	"""{row of a Delivery Note: what is invoiced of it beyond what the customer has kept, or has to pay all
	the same}, for rows that are invoiced by their note alone; drafts of returns and credit notes count.
	``for_decision``: as last committed.

	Goods that came back before they were invoiced are left out of the next invoice; crediting them,
	too, would only have them invoiced once more.
	"""
	wanted = tuple(sorted(set(note_rows)))
	if not wanted:
		return {}
	lock = _lock(for_decision)
	rows = frappe.db.sql(
		f"""select row.name, row.qty,
			coalesce((select sum(billed.qty) from `tabSales Invoice Item` billed
				join `tabSales Invoice` bill on bill.name = billed.parent
				where billed.dn_detail = row.name
					and (bill.docstatus = 1 or (bill.docstatus = 0 and bill.is_return = 1))
				{lock}), 0)
			+ coalesce((select sum(credit.qty) from `tabDelivery Note Item` back
				join `tabSales Invoice Item` credit on credit.dn_detail = back.name
				join `tabSales Invoice` bill on bill.name = credit.parent
					and bill.is_return = 1 and bill.docstatus < 2
				where back.dn_detail = row.name {lock}), 0),
			coalesce((select sum(-back.qty) from `tabDelivery Note Item` back
				join `tabDelivery Note` note on note.name = back.parent and note.is_return = 1
				where back.dn_detail = row.name and note.docstatus < 2 {lock}), 0)
			- coalesce((select sum(its.received_qty) from `tabReturn Case Row` its
				join `tabDelivery Note` note on note.name = its.return_note and note.docstatus < 2
				where its.delivery_note_item = row.name and its.remedy in {NOT_REFUNDED} {lock}), 0)
		from `tabDelivery Note Item` row
		where row.name in %(rows)s
			and exists (select 1 from `tabSales Invoice Item` billed
				join `tabSales Invoice` bill on bill.name = billed.parent
				where billed.dn_detail = row.name and bill.docstatus = 1 and bill.is_return = 0 {lock})
			and not exists (select 1 from `tabSales Invoice Item` billed
				join `tabSales Invoice` bill on bill.name = billed.parent
				where billed.so_detail = row.so_detail and coalesce(billed.dn_detail, '') = ''
					and bill.docstatus = 1 and bill.is_return = 0 {lock})
		{lock}""",
		{"rows": wanted},
	)
	return {
		name: max(rounded(flt(billed) - flt(qty) + flt(returned)), 0.0)
		for name, qty, billed, returned in rows
	}


def lines_billed_by_order(
	order_rows: Iterable[str | None], *, for_decision: bool = False
) -> dict[str, LineBilledByOrder]:
	"""The rows of orders that are on an invoice which names no note; drafts of returns and of credit notes
	count. ``for_decision``: as last committed.
	"""
	lock = _lock(for_decision)
	invoices = _invoices_by_order({row for row in order_rows if row}, lock)
	if not invoices:
		return {}
	returns = _not_to_be_paid(invoices, lock)
	return {
		row: LineBilledByOrder(
			flt(ordered),
			flt(delivered),
			sum(it.qty for it in returns[row]),
			flt(billed),
			flt(invoiced),
			came_back_first(invoices[row], returns[row]),
		)
		for row, ordered, delivered, billed, invoiced, _replaced in _figures(invoices, lock)
	}


def over_billed_lines(
	order_rows: Iterable[str | None], *, for_decision: bool = False
) -> dict[str, tuple[float, float]]:
	"""{row of an order: (what stands on invoices of it, whatever they name, beyond what the customer keeps,
	gets once more or has to pay all the same; what was sent once more)}; drafts of returns and credit notes
	count. ``for_decision``: as last committed.
	"""
	lines, lock = {row for row in order_rows if row}, _lock(for_decision)
	returns = _not_to_be_paid(lines, lock) if lines else {}
	found = {}
	for row, ordered, delivered, billed, _invoiced, replaced in _figures(lines, lock) if lines else ():
		still_to_send = min(max(flt(ordered) - flt(delivered), 0.0), flt(replaced))
		over = flt(billed) - flt(delivered) + sum(it.qty for it in returns[row]) - still_to_send
		found[row] = (max(rounded(over), 0.0), rounded(flt(replaced) - still_to_send))
	return found


def _figures(order_rows: Iterable[str], lock: str) -> list[tuple]:
	"""Of each row: ordered, delivered for good, billed less what is credited, billed, what is sent again."""
	return frappe.db.sql(
		f"""select line.name, line.qty, line.delivered_qty + line.swf_returned_qty - line.swf_replaced_qty,
			coalesce((select sum(billed.qty) from `tabSales Invoice Item` billed
				join `tabSales Invoice` bill on bill.name = billed.parent
				where billed.so_detail = line.name
					and (bill.docstatus = 1 or (bill.docstatus = 0 and bill.is_return = 1)) {lock}), 0),
			coalesce((select sum(billed.qty) from `tabSales Invoice Item` billed
				join `tabSales Invoice` bill on bill.name = billed.parent
				where billed.so_detail = line.name and bill.docstatus = 1
					and (bill.is_return = 0 or bill.update_billed_amount_in_sales_order = 1) {lock}), 0),
			line.swf_replaced_qty
		from `tabSales Order Item` line where line.name in %s {lock}""",
		(tuple(sorted(order_rows)),),
	)


def _invoices_by_order(order_rows: Iterable[str], lock: str) -> dict[str, list[PaperOfLine]]:
	"""{row of an order: the submitted invoices that bill it and name no note}"""
	wanted = tuple(sorted(order_rows))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		f"""select billed.so_detail, bill.name, bill.amended_from, bill.creation, sum(billed.qty)
		from `tabSales Invoice Item` billed join `tabSales Invoice` bill on bill.name = billed.parent
		where billed.so_detail in %s and coalesce(billed.dn_detail, '') = ''
			and bill.docstatus = 1 and bill.is_return = 0
		group by billed.so_detail, bill.name {lock}""",
		(wanted,),
	)
	firsts = first_documents("Sales Invoice", (name for _line, name, amended, *_rest in rows if amended))
	had = _on_invoices(name for name, _made in firsts.values())
	found: dict[str, list[PaperOfLine]] = defaultdict(list)
	for line, name, _amended, made, qty in rows:
		first, first_made = firsts.get(name, (name, made))
		found[line].append(PaperOfLine(made, flt(qty), first_made, had.get((first, line), flt(qty))))
	return found


def _not_to_be_paid(order_rows: Iterable[str], lock: str) -> dict[str, list[PaperOfLine]]:
	"""{row of an order: what returns took back of it, is not sent again and not to be paid all the same}"""
	wanted = tuple(sorted(order_rows))
	rows = frappe.db.sql(
		f"""select back.so_detail, note.name, note.amended_from, note.creation, sum(-back.qty) - coalesce((
				select sum(its.received_qty * its.conversion_factor) from `tabReturn Case Row` its
				where its.return_note = note.name and its.sales_order_item = back.so_detail
					and its.remedy in {NOT_REFUNDED} {lock}), 0) / max(back.conversion_factor)
		from `tabDelivery Note Item` back join `tabDelivery Note` note on note.name = back.parent
		where back.so_detail in %s and note.is_return = 1 and note.docstatus < 2 and note.swf_replace = 0
		group by back.so_detail, note.name {lock}""",
		(wanted,),
	)
	firsts = first_documents("Delivery Note", (name for _line, name, amended, *_rest in rows if amended))
	found: dict[str, list[PaperOfLine]] = {row: [] for row in wanted}
	for line, name, _amended, made, qty in rows:
		_first, first_made = firsts.get(name, (name, made))
		found[line].append(PaperOfLine(made, flt(qty), first_made, flt(qty)))
	return found


def _on_invoices(names: Iterable[str]) -> dict[tuple[str, str], float]:
	"""{(invoice, row of an order): how much of it, naming no note}; no statement for none."""
	wanted = tuple(sorted(set(names)))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select parent, so_detail, sum(qty) from `tabSales Invoice Item`
		where parent in %s and coalesce(so_detail, '') <> '' and coalesce(dn_detail, '') = ''
		group by parent, so_detail""",
		(wanted,),
	)
	return {(invoice, line): flt(qty) for invoice, line, qty in rows}


def room_to_credit(order_rows: Iterable[str | None], *, for_decision: bool = False) -> dict[str, float]:
	"""{row of an order: what came back of it and stands on no credit note, whoever made that}; drafts count.
	``for_decision``: as last committed.
	"""
	wanted = tuple(sorted({row for row in order_rows if row}))
	if not wanted:
		return {}
	found = dict.fromkeys(wanted, 0.0)
	for sign, doctype in ((1.0, "Delivery Note"), (-1.0, "Sales Invoice")):
		rows = frappe.db.sql(
			f"""select row.so_detail, sum(-row.qty) from `tab{doctype} Item` row
			join `tab{doctype}` back on back.name = row.parent and back.is_return = 1 and back.docstatus < 2
			where row.so_detail in %s group by row.so_detail {_lock(for_decision)}""",
			(wanted,),
		)
		for row, qty in rows:
			found[row] += sign * flt(qty)
	return {row: max(rounded(qty), 0.0) for row, qty in found.items()}


_INVOICED = """from `tabSales Invoice Item` row
		join `tabSales Invoice` bill on bill.name = row.parent and bill.docstatus = 1 and bill.is_return = 0
		where (row.dn_detail in %(note_rows)s or row.so_detail in %(any_note)s
			or (coalesce(row.dn_detail, '') = '' and row.so_detail in %(order_rows)s))"""


def _lock(for_decision: bool) -> str:
	"""At the end of every select, those inside others too: one without it reads what was committed when the
	transaction began.
	"""
	return "lock in share mode" if for_decision else ""


def _values(
	note_rows: Iterable[str], order_rows: Iterable[str], any_note: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
	return {
		"any_note": tuple(sorted(set(any_note))) or ("-",),
		"note_rows": tuple(sorted(set(note_rows))) or ("-",),
		"order_rows": tuple(sorted({row for row in order_rows if row})) or ("-",),
	}
