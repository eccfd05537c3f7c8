"""What comes after the way out: returns, what is given up or opened again, invoices, promises and delays."""

import frappe
from frappe.utils import add_days, add_to_date, now_datetime

from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.billing import jobs as billing_jobs
from sales_wh_flow.delays import api as delays_api
from sales_wh_flow.delays import jobs as delays_jobs
from sales_wh_flow.returns import announce
from sales_wh_flow.returns import api as returns_api
from sales_wh_flow.returns.rules import facts as back
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.sentences import counted
from sales_wh_flow_demo.site_people import do_owed_now
from sales_wh_flow_demo.site_road import Road
from sales_wh_flow_demo.site_steps import LEAD

ACCOUNTS, MANAGER = "Accounts Manager", "Sales Manager"
MOST_BACK = 2
"""Units of a line that a customer sends back."""


class Afterwards(Road):
	"""A day to its end."""

	def bill(self, delivered: list[str]) -> None:
		"""The hourly job drafts invoices by policy; accounts submits those of two delivered orders, and notes
		when the second's customer promised to pay.
		"""
		with self.acting("Administrator"):
			drafts = billing_jobs.draft_invoices()
		for draft in drafts:
			for order in self._orders_of(draft):
				self.took(order, "draft", f"invoice {draft} drafted by the company's policy")
		accounts = self.first(ACCOUNTS)
		for order, draft in [(order, self._draft_of(order)) for order in delivered][:2]:
			with self.step(order, f"submitting {draft}", self.email_of(accounts)):
				frappe.get_doc("Sales Invoice", draft).submit()
				self.took(order, "invoice", f"{draft} submitted by {accounts}")
		for order in delivered[1:2]:
			day = add_days(self.today, 10)
			with self.step(order, "noting a promise to pay", self.email_of(accounts)):
				values = {
					"sales_order": order,
					"promised_on": day,
					"promised_by": "their accounts department",
				}
				frappe.get_doc({"doctype": "Payment Promise", **values}).insert()
				self.took(order, "promise", f"promised to be paid by {day:%d %b}, noted by {accounts}")

	def take_back(self, order: str, decision: str, remedy: str, reason: str) -> None:
		"""A customer sends a part of the order's first line back; the lead looks at it and decides."""
		lead, posted = self.first(LEAD), ""
		with self.step(order, "taking goods back", self.email_of(lead)):
			row = returns_api.returnable(sales_order=order)["rows"][0]
			qty = min(MOST_BACK, row["left"])
			asked = {"row": row["row"], "qty": qty, "received": True}
			asked["serial_nos"] = "\n".join(row["serials"][: int(qty)]) or None
			case = returns_api.open_return([asked], reason)
			doc = frappe.get_doc("Return Case", case)
			for it in doc.rows:
				it.update({"inspected_qty": it.received_qty, "decision": decision, "remedy": remedy})
			doc.save()
			frappe.db.commit()  # as each press of the desk is a transaction of its own
			returns_api.post_return(case)
			posted = case
		if posted and remedy == back.REFUND:
			with self.step(order, f"crediting {posted}", self.email_of(self.first(ACCOUNTS))):
				returns_api.credit_return(posted)
		if posted:
			self._tell_return(order, posted, decision, remedy, reason)

	def expect_back(self, order: str, reason: str) -> None:
		"""A customer announces that goods come back; they are not here yet."""
		seller = self.records.author(self.orders[order].author)
		with self.step(order, "announcing a return", seller):
			row = announce.lines_to_announce(order)[-1]
			case = returns_api.open_return([{"row": row["row"], "qty": 1, "received": False}], reason)
			self.took(order, "announced", f"a return is announced ({reason}), {case} waits for the goods")

	def close_short(self, names: list[str], why: str) -> None:
		"""The first of these orders that waits gives up one line of what it waits for."""
		lead = self.first(MANAGER)
		for name in names:
			missing = [
				row for row in shortage_api.missing_lines(name)["lines"] if is_positive(row["missing"])
			]
			if missing:
				with self.step(name, "closing short", self.email_of(lead)):
					first = missing[0]
					shortage_api.close_short(name, why, [first["row"]])
					where = self.records.plain(first["warehouse"])
					what = (first["item_code"], where, first["missing"], first["uom"])
					given_up = ev.Row(first["row"], first["idx"], *what)
					self.tell(name, ev.LineClosedShort(self.today, name, (given_up,), lead, why))
				return

	def open_again(self, name: str, why: str) -> None:
		"""An order that is being picked goes back: what was made from it is undone, its locks stay."""
		lead = self.first(LEAD)
		with self.step(name, "opening again", self.email_of(lead)):
			steps = len(returns_api.plan_reopening(name)["steps"])
			returns_api.reopen_order(name, "To Pick", why)
			undone = counted(steps, "document")
			self.took(name, "reopened", f"opened again by {lead} ({why}), {undone} to undo")
		do_owed_now("sales_wh_flow.returns.jobs.reopen_order")
		self.tell(name)

	def look_for_delays(self) -> None:
		"""The hourly job forecasts; whoever is asked about a late order puts one off, with a reason."""
		with self.acting("Administrator"):
			delays_jobs.follow_delays()
		fields = ["name", "sales_order", "promised_on", "expected_on", "responsible_user", "responsible_role"]
		alerts = frappe.get_all(
			"Delay Alert", {"company": self.records.company}, fields, order_by="promised_on, name"
		)
		for alert in alerts:
			who = alert.responsible_user or alert.responsible_role
			days = f"promised {alert.promised_on:%d %b}, expected {alert.expected_on:%d %b}"
			self.took(alert.sales_order, "delay", f"delay alert: {days}; {who} is asked")
		for alert in alerts[:1]:
			with self.step(alert.sales_order, "putting off a delay", self.email_of(self.first(MANAGER))):
				until = str(add_to_date(now_datetime(), hours=20))
				delays_api.snooze(alert.name, until, "The customer agreed to tomorrow")
				self.took(alert.sales_order, "snoozed", "put off until tomorrow: the customer agreed")

	def took(self, order: str, kind: str, what: str) -> None:
		self.tell(order, ev.StepTaken(self.today, order, kind, what))

	def _tell_return(self, order: str, case: str, decision: str, remedy: str, reason: str) -> None:
		doc = frappe.get_doc("Return Case", case)
		rows = tuple(
			ev.Row(
				row.sales_order_item,
				frappe.db.get_value("Sales Order Item", row.sales_order_item, "idx") or 0,
				row.item_code,
				self.records.plain(row.from_warehouse),
				row.received_qty * (row.conversion_factor or 1),
				frappe.get_cached_value("Item", row.item_code, "stock_uom"),
				(row.batch_no or row.serial_nos or "").replace("\n", " "),
			)
			for row in doc.rows
		)
		documents = tuple(dict.fromkeys(row.document_name for row in doc.documents))
		self.tell(order, ev.GoodsReturned(self.today, order, rows, decision, remedy, case, reason, documents))

	def _orders_of(self, invoice: str) -> list[str]:
		rows = frappe.get_all("Sales Invoice Item", {"parent": invoice}, pluck="sales_order")
		return [order for order in dict.fromkeys(rows) if order in self.orders]

	def _draft_of(self, order: str) -> str:
		rows = frappe.get_all("Sales Invoice Item", {"sales_order": order, "docstatus": 0}, pluck="parent")
		return rows[0] if rows else ""
