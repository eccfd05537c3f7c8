"""What comes back on a day, is taken for a mistake, opened again, given up or billed; one call a step."""

import frappe

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.returns import open_case, post, reopen
from sales_wh_flow.returns.rules.reopening import TO_PICK
from sales_wh_flow.shortage import close_line
from tests import factories as make
from tests.site import set_switches
from tests.stateful.day import Day


class DayOfReturns(Day):
	"""``cases`` are the names of Return Cases that were posted."""

	def __init__(self) -> None:
		super().__init__()
		self.cases: list[str] = []
		set_switches(
			approval=True, stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted"
		)
		away = make.make_warehouse("Away", swf_is_sellable=0)
		settings = frappe.get_doc("Sales Flow Settings")
		places = {"quarantine_warehouse": away, "scrap_warehouse": away}
		settings.set("return_places", [{"company": make.company().name, **places}])
		settings.save()

	def send_back(self, note: str, at: int, share: float, decision: str, remedy: str) -> None:
		"""A part of one row of a note comes back, is decided and posted."""
		rows = open_case.returnable([note])
		row = rows[at % len(rows)] if rows else None
		if row is None:
			return
		qty = max(float(int((row.shipped_qty - row.returned_qty) * share)), 1.0)
		serials = sorted(row.serials)[: int(qty * row.conversion_factor)]
		asked = {"row": row.name, "qty": qty, "received": True, "serial_nos": "\n".join(serials) or None}
		case = frappe.get_doc("Return Case", open_case.open_for([asked]))
		for it in case.rows:
			it.update({"decision": decision, "remedy": remedy})
		case.save()
		post.post(case.name)
		self.cases.append(case.name)

	def undo_return(self, case: str) -> None:
		"""It was no return: its credit notes and return notes are cancelled."""
		doc = frappe.get_doc("Return Case", case)
		made = dict.fromkeys((row.document_type, row.document_name) for row in doc.documents)
		for kind in ("Sales Invoice", "Delivery Note"):
			for doctype, name in made:
				if doctype == kind:
					frappe.get_doc(doctype, name).cancel()

	def bill(self, note: str) -> None:
		make_sales_invoice(note).insert().submit()

	def open_again(self, order: str) -> None:
		"""Back to be picked: all steps of the job, one after the other."""
		name = reopen.start(order, TO_PICK, "mistake")
		while reopen.do_next(name, order):
			pass

	def close_short(self, order: str, row: str, qty: float) -> None:
		close_line.close_part(order, row, qty, "no more wanted")

	def open_line(self, order: str, row: str, qty: float) -> None:
		close_line.reopen_line(order, row, qty, "wanted after all")

	def lines_add_up(self) -> None:
		"""Of every line: nothing comes back that was not sent, and what is credited stands on credit notes.

		Raises: AssertionError.
		"""
		rows = frappe.get_all(
			"Sales Order Item", {"parent": ("in", self.orders or [""]), "docstatus": 1}, ["*"]
		)
		credited = dict(
			frappe.db.sql(
				"""select row.so_detail, -sum(row.qty) from `tabSales Invoice Item` row
				join `tabSales Invoice` bill on bill.name = row.parent and bill.is_return = 1
				where bill.docstatus = 1 group by row.so_detail"""
			)
		)
		for row in rows:
			gross = row.delivered_qty + row.swf_returned_qty
			still_open = row.qty + row.swf_replaced_qty - gross
			told = (row.parent, row.idx, row.item_code)
			assert 0 <= row.swf_replaced_qty <= row.swf_returned_qty + 1e-9, told
			assert row.swf_returned_qty <= gross + 1e-9 and still_open > -1e-9, told
			assert abs(row.swf_refunded_qty - (credited.get(row.name) or 0)) < 1e-9, told
			assert row.swf_refunded_qty <= row.swf_returned_qty + 1e-9, told
