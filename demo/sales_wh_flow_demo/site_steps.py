"""The steps of a day on a site: done by people through the app's own calls, then read back as events."""

from collections.abc import Callable

import frappe
from frappe.utils import flt, strip_html

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.approval.rules.needs import APPROVED, DISCOUNT, OPEN, REJECTED, SUPERSEDED
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.dispatch.rules.courier import tracking_link
from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.stock_lock.serving import jobs
from sales_wh_flow_demo import approvers, site_purchases
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import Order
from sales_wh_flow_demo.loading import orders
from sales_wh_flow_demo.loading.records import Records
from sales_wh_flow_demo.site_people import People, key
from sales_wh_flow_demo.site_reading import (
	approvals,
	asking,
	locked,
	parcels_of,
	pick_rows,
	routes,
	row_of,
	written,
)

PICKER, LEAD = "Stock User", "Stock Manager"


class Day(People):
	"""One day of a loaded company, from the written order to the note that takes its goods away."""

	def __init__(self, records: Records):
		super().__init__(records)
		self._told_routes: dict[str, list] = {}

	def write(self, order: Order) -> str:
		"""The draft of this order, which its author writes when it is not there yet."""
		with self.acting(self.records.author(order.author)):
			name = orders.write(self.records, order)
		self.orders[name] = order
		doc = frappe.get_doc("Sales Order", name)
		self.tell(name, written(self.today, self.data, order, doc), *self._routed(doc))
		return name

	def is_submitted(self, name: str) -> bool:
		return frappe.db.get_value("Sales Order", name, "docstatus") == 1

	def ask_or_submit(self, name: str) -> None:
		"""The author asks for what the order owes; an order that owes nothing is submitted."""
		if self.is_submitted(name):
			return
		self.ask(name)
		if not any(row.state in (OPEN, REJECTED) for row in approvals(name)):
			with self.step(name, "submit", self.records.author(self.orders[name].author)):
				frappe.get_doc("Sales Order", name).submit()
			self._tell_locks(name)

	def ask(self, name: str) -> None:
		"""The author asks for what the order owes, if it owes anything."""
		known = {row.name for row in approvals(name)}
		with self.step(name, "asking for approval", self.records.author(self.orders[name].author)):
			approval_api.ask_for_approval(name)
		new = [row for row in approvals(name) if row.name not in known]
		self.tell(name, *(asking(self.today, name, row) for row in new))

	def asked_people(self, name: str) -> set[str]:
		"""Who may decide about the order now: not its author."""
		people = self.data.people
		asked = {row.approver_role for row in approvals(name) if row.state == OPEN}
		found = {person.name for role in asked for person in approvers.holders(people, role)}
		return found - {self.orders[name].author}

	def decide(self, name: str) -> None:
		"""Each open approval is decided by the first person with its role who may."""
		for row in approvals(name):
			if frappe.db.get_value("Order Approval", row.name, "state") == OPEN:
				self._decide(name, row)
		if self.is_submitted(name):
			self._tell_locks(name)

	def revise(self, name: str, discount_pct: float) -> bool:
		"""Whether a refused discount was taken back to ``discount_pct``, which needs time until delivery."""
		refused = [row for row in approvals(name) if row.state == REJECTED and row.criterion == DISCOUNT]
		order = self.orders[name]
		if not refused or (order.due - order.date).days < 4:
			return False
		author = self.records.author(order.author)
		with self.step(name, "change", author):
			doc = frappe.get_doc("Sales Order", name)
			for row in doc.items:
				row.rate = max(row.rate, rounded(flt(row.price_list_rate) * (1 - discount_pct / 100)))
			doc.save()
		what = f"no price more than {discount_pct:g} % below list"
		total = frappe.db.get_value("Sales Order", name, "base_grand_total")
		self.tell(name, ev.OrderRevised(self.today, name, order.author, what, total))
		return True

	def make_pick_lists(self, name: str) -> list[str]:
		"""New pick lists of what is locked and on none yet; none when nothing is."""
		lines = order_board_api.order_overview(name)["lines"]
		names: list[str] = []
		if any(is_positive(line["locked"] - line["picked"]) for line in lines):
			with self.step(name, "making pick lists", self.email_of(self.first(PICKER))):
				names = picking_api.make_pick_lists(name)
		for pick_list in names:
			rows = pick_rows(self.records, pick_list)
			self.tell(name, ev.PickListMade(self.today, name, pick_list, rows[0].warehouse, rows))
		return names

	def open_pick_lists(self, name: str) -> list[str]:
		"""The pick lists whose goods have not left."""
		lists = order_board_api.order_overview(name)["pick_lists"]
		return [row["name"] for row in lists if row["status"] in ("Draft", "Open")]

	def pick(self, name: str, pick_list: str) -> bool:
		"""Whether it is picked, now or before: walked row by row on the page Pick, then *Done*."""
		if frappe.db.get_value("Pick List", pick_list, "docstatus") == 1:
			return True
		with self.step(name, f"picking {pick_list}", self.email_of(self.first(PICKER))):
			self.walk(pick_list)
			picking_api.finish_list(pick_list, key())
		if frappe.db.get_value("Pick List", pick_list, "docstatus") != 1:
			return False
		warehouse = pick_rows(self.records, pick_list)[0].warehouse
		self.tell(name, ev.Picked(self.today, name, pick_list, warehouse, self.first(PICKER)))
		return True

	def begin_walk(self, name: str, pick_list: str) -> None:
		"""The picker has found the first row, and is called away."""
		with self.step(name, f"beginning {pick_list}", self.email_of(self.first(PICKER))):
			self.walk(pick_list, most_rows=1)

	def walk(self, pick_list: str, most_rows: int | None = None) -> None:
		"""The picker takes the list, puts its order into a tote and finds its rows: the first by its scan."""
		shown = picking_api.take_list(pick_list, key())
		rows = [row for row in shown["rows"] if not row["is_found"]][:most_rows]
		if not rows:
			return
		first = rows[0]
		tote = f"TOTE-{digits(pick_list) % 40 + 1}"
		picking_api.confirm_scan(pick_list, tote, key(), first["row"])
		label = (first["serial_nos"] or [first["batch_no"] or first["item_code"]])[0]
		shown = picking_api.confirm_scan(pick_list, label, key(), first["row"])
		found = {row["row"] for row in shown["rows"] if row["is_found"]}
		for row in rows:
			if row["row"] not in found:
				picking_api.confirm_row(pick_list, row["row"], key())

	def dispatch(self, name: str, pick_list: str) -> None:
		"""The delivery note of a pick list, with a tracking number, submitted."""
		note = None
		with self.step(name, f"dispatching {pick_list}", self.email_of(self.first(LEAD))):
			note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list))
			if note.swf_courier:
				note.swf_tracking_no = f"{note.swf_courier[:2].upper()}{73000000 + digits(note.name)}"
			note.submit()
		if not note or frappe.db.get_value("Delivery Note", note.name, "docstatus") != 1:
			return
		rows = pick_rows(self.records, pick_list)
		pattern = frappe.db.get_value("Courier", note.swf_courier, "tracking_url") if note.swf_courier else ""
		self.tell(
			name,
			ev.GoodsDispatched(
				self.today,
				name,
				delivery_note=note.name,
				pick_list=pick_list,
				warehouse=rows[0].warehouse,
				rows=rows,
				courier=note.swf_courier or "",
				service=note.swf_courier_service or "",
				tracking_no=note.swf_tracking_no or "",
				tracking_link=tracking_link(pattern, note.swf_tracking_no) or "",
				instructions=note.swf_special_instructions or "",
			),
		)

	def receive_what_waits(self) -> None:
		"""A purchase with goods that some order waits for comes in, and the scheduled job gives them out."""
		before = {name: locked(self.records, name) for name in self.orders}
		with self.acting("Administrator"):
			received = site_purchases.receive(self.records, list(self.orders))
			frappe.db.commit()
			if not received:
				return
			purchase, rows = received
			self.events.append(ev.GoodsReceived(self.today, "", purchase, rows))
			jobs.serve_waiting_demand()
		for name in self.orders:
			new = [row for row in locked(self.records, name) if row not in before[name]]
			if new:
				self.tell(name, ev.StockLocked(self.today, name, tuple(new), f"purchase {purchase}"))

	# what happened, read back

	def _decide(self, name: str, row) -> None:
		answer, comment = approvers.verdict(row.criterion, row.measured, row.allowed)
		decide: Callable = approval_api.approve if answer == APPROVED else approval_api.refuse
		others = [other for other in approvals(name) if other.state == OPEN and other.name != row.name]
		for person in approvers.holders(self.data.people, row.approver_role):
			try:
				with self.acting(self.emails[person.name]):
					result = decide(row.name, comment)
			except (frappe.ValidationError, frappe.PermissionError) as refused:
				code = self.reason(refused)
				frappe.db.rollback()
				self.tell(name, ev.ApprovalBarred(self.today, name, row.name, row.rule, person.name, code))
				continue
			self.tell(
				name,
				ev.ApprovalDecided(
					self.today, name, row.name, row.rule, row.criterion, answer, person.name, comment
				),
				*(
					ev.ApprovalSetAside(self.today, name, other.name, other.rule)
					for other in others
					if frappe.db.get_value("Order Approval", other.name, "state") == SUPERSEDED
				),
			)
			if result.get("why_not"):
				why_not = strip_html(result["why_not"])
				self.tell(name, ev.StepRefused(self.today, name, "submit", person.name, why_not))
			return

	def _tell_locks(self, name: str) -> None:
		"""The submitted lines, what is locked of them and what waits, once."""
		if not self.is_submitted(name) or any(
			isinstance(event, ev.OrderSubmitted) and event.order == name for event in self.events
		):
			return
		lines = order_board_api.order_overview(name)["lines"]
		doc = frappe.get_doc("Sales Order", name)
		rows = tuple(row_of(self.records, row, row.stock_qty) for row in doc.items)
		story: list[ev.Event] = [*self._routed(doc), ev.OrderSubmitted(self.today, name, rows)]
		now_locked = locked(self.records, name)
		if now_locked:
			story.append(ev.StockLocked(self.today, name, tuple(now_locked)))
		for line in lines:
			if is_positive(line["waiting"]):
				row = next(row for row in doc.items if row.idx == line["idx"])
				part = row_of(self.records, row, line["waiting"])
				incoming = site_purchases.incoming(row.item_code, row.warehouse)
				elsewhere = site_purchases.elsewhere(self.records, row.item_code, row.warehouse)
				story.append(ev.DemandWaits(self.today, name, part, incoming, elsewhere))
		self.tell(name, *story)

	def _routed(self, doc) -> list[ev.Event]:
		"""Where each line goes and why; nothing when that was told before and is still so."""
		where = [(row.item_code, row.warehouse, row.stock_qty) for row in doc.items]
		before = self._told_routes.get(doc.name)
		self._told_routes[doc.name] = where
		if before == where:
			return []
		told = routes(self.records, self.today, doc, is_again=before is not None)
		return told if before else [*told, parcels_of(self.records, self.today, doc, self.orders[doc.name])]


def digits(name: str) -> int:
	return int("".join(letter for letter in name[-9:] if letter.isdigit()) or 0)
