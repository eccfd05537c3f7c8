"""What people can do on a day, one call a step: a step is done, or refused in words and undone."""

import frappe
from frappe.utils import add_days, flt, now_datetime

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.audit import check, words
from sales_wh_flow.dispatch import deliver as dispatch
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order_changes import update_items
from sales_wh_flow.picking import pick
from sales_wh_flow.stock_lock import expire, release
from sales_wh_flow.stock_lock.serving import give, serve
from tests import factories as make
from tests.stateful.goods import (
	BATCHED,
	BOXED,
	LOOSE,
	SERIAL,
	Goods,
)

PRICE = make.PRICE
REDUCED = PRICE * 0.8
"""More than the 10 % below list that the rule allows."""


class Day:
	"""One transaction on the site. ``orders``, ``notes``, ``picks`` are the names of what was made."""

	def __init__(self) -> None:
		self.goods = Goods.there
		self.orders: list[str] = []
		self.notes: list[str] = []
		self.picks: list[str] = []
		self.refused = self.done = 0
		_forget()
		frappe.db.rollback()

	def end(self) -> None:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		_forget()

	def step(self, act, *args):
		"""Do it as a request of its own would. None when it was refused; then nothing of it is left."""
		_forget()
		frappe.db.savepoint("step")
		try:
			result = act(*args)
		except (frappe.ValidationError, frappe.PermissionError):
			self.refused += 1
			frappe.set_user("Administrator")
			frappe.db.rollback(save_point="step")
			_forget()
			return None
		self.done += 1
		frappe.set_user("Administrator")
		return result

	def check(self) -> None:
		"""Every invariant holds. Raises: AssertionError with the findings in words."""
		_forget()
		findings = check.look(items=self.goods.items)
		assert not findings, words.findings_in_words(findings)

	# stock

	def receive(self, item: int, warehouse: int, qty: float) -> None:
		make.receive(self._item(item), qty, self._place(warehouse))

	def issue(self, item: int, warehouse: int, qty: float) -> None:
		self._stock_entry("Material Issue", item, qty, s_warehouse=self._place(warehouse))

	def transfer(self, item: int, warehouse: int, qty: float) -> None:
		places = {"s_warehouse": self._place(warehouse), "t_warehouse": self._place(1 - warehouse)}
		self._stock_entry("Material Transfer", item, qty, **places)

	def count(self, item: int, warehouse: int, qty: float) -> None:
		"""A Stock Reconciliation that says ``qty`` was counted."""
		row = {"item_code": self._item(item), "warehouse": self._place(warehouse), "qty": qty}
		doc = {
			"doctype": "Stock Reconciliation",
			"purpose": "Stock Reconciliation",
			"company": make.company().name,
			"items": [{**row, "valuation_rate": 10}],
		}
		frappe.get_doc(doc).insert().submit()

	def ship_free(self, item: int, warehouse: int, qty: float) -> None:
		"""A Delivery Note that belongs to no order."""
		row = {"item_code": self._item(item), "warehouse": self._place(warehouse), "qty": qty, "rate": PRICE}
		doc = {"doctype": "Delivery Note", "company": make.company().name, "customer": self.goods.customer}
		note = frappe.get_doc({**doc, "items": [row]}).insert().submit()
		self.notes.append(note.name)

	def free_and_on_hand(self, item: int, warehouse: int) -> tuple[float, float]:
		"""What nobody has locked, and what is there."""
		found = frappe.db.sql(
			"""select actual_qty - reserved_stock, actual_qty from `tabBin`
			where item_code = %s and warehouse = %s""",
			(self._item(item), self._place(warehouse)),
		)
		return found[0] if found else (0.0, 0.0)

	# orders

	def write(self, lines: list[tuple[int, int, float]], is_reduced: bool) -> str:
		"""A draft; its author is the seller. ``lines``: (item, warehouse, quantity)."""
		frappe.set_user(self.goods.author)
		rows = [self._line(*line, REDUCED if is_reduced else PRICE) for line in lines]
		frappe.set_user("Administrator")
		order = make.make_order(*rows, customer=self.goods.customer, insert=False)
		order.owner = self.goods.author
		order.insert()
		frappe.db.set_value("Sales Order", order.name, "owner", self.goods.author, update_modified=False)
		self.orders.append(order.name)
		return order.name

	def submit(self, order: str) -> None:
		self._order(order).submit()

	def ask(self, order: str) -> list[str]:
		return gate.ask(order)

	def decide(self, approval: str, order: str, is_granted: bool) -> None:
		frappe.set_user(self.goods.approver)
		if is_granted:
			decide.grant(order, approval, None)
		else:
			decide.refuse_approval(order, approval, "too cheap")

	def decide_as_author(self, approval: str, order: str) -> bool:
		frappe.set_user(self.goods.author)
		decide.grant(order, approval, None)
		return True

	def cancel(self, order: str) -> None:
		self._order(order).cancel()

	def set_status(self, order: str, status: str) -> None:
		"""Closed, On Hold, or Draft to open it again: as the buttons of the form do."""
		doc = self._order(order)
		doc.update_status(status)

	def change_qty(self, order: str, at: int, qty: float) -> None:
		"""Update Items: one line gets a new quantity, in its own UOM."""
		rows = self._rows_of(order)
		rows[at % len(rows)]["qty"] = qty
		self._update(order, rows)

	def drop_line(self, order: str, at: int) -> None:
		rows = self._rows_of(order)
		del rows[at % len(rows)]
		if rows:
			self._update(order, rows)

	def add_line(self, order: str, item: int, qty: float) -> None:
		rows = self._rows_of(order)
		warehouse = self._order(order).items[0].warehouse
		rows.append(
			{
				"item_code": self._item(item),
				"qty": qty,
				"rate": PRICE,
				"conversion_factor": 1,
				"warehouse": warehouse,
				"delivery_date": rows[0]["delivery_date"],
				"__islocal": True,
			}
		)
		self._update(order, rows)

	def press_reserve(self, order: str) -> None:
		"""ERPNext's own Reserve dialog, every line ticked."""
		doc = self._order(order)
		if doc.docstatus == 1:
			keys = ("item_code", "warehouse")
			rows = [
				{
					"sales_order_item": row.name,
					"qty_to_reserve": row.qty,
					**{key: row.get(key) for key in keys},
				}
				for row in doc.items
			]
			doc.create_stock_reservation_entries(items_details=rows)

	def press_unreserve(self, order: str) -> None:
		doc = self._order(order)
		if doc.docstatus == 1:
			doc.cancel_stock_reservation_entries()

	def release(self, order: str) -> None:
		release.by_hand(self._order(order), "somebody else needs it")
		refresh_status.refresh_order(order)

	def give(self, order: str, receiver: str) -> None:
		give.give_to(order, receiver, "the other one is urgent")

	def expire(self, order: str) -> None:
		"""Two days pass, which is longer than a lock of this customer lives."""
		expire.expire_order(order, add_days(now_datetime(), 2))

	def serve(self) -> None:
		for share in serve.shares(serve.plan_serving().plan):
			serve.carry_out(share)

	# goods leave and come back

	def make_picks(self, order: str) -> None:
		self.picks += pick.make_lists(self._order(order))
		refresh_status.refresh_order(order)

	def submit_pick(self, name: str, missing: float) -> None:
		"""``missing`` of the first row were not found."""
		doc = frappe.get_doc("Pick List", name)
		for row in doc.locations:
			row.picked_qty = row.stock_qty
		first = doc.locations[0]
		if missing and not (first.batch_no or first.serial_no):
			first.picked_qty = max(first.stock_qty - missing, 0)
		doc.save().submit()

	def cancel_pick(self, name: str) -> None:
		doc = frappe.get_doc("Pick List", name)
		if doc.docstatus.is_draft():
			frappe.delete_doc("Pick List", name)
			self.picks.remove(name)
		else:
			doc.cancel()

	def deliver_pick(self, name: str) -> None:
		note = frappe.get_doc("Delivery Note", dispatch.make_delivery_note(frappe.get_doc("Pick List", name)))
		note.submit()
		self.notes.append(note.name)

	def deliver(self, order: str, share: float) -> None:
		"""A Delivery Note of all lines, or of a ``share`` of each, as the order's form makes it."""
		note = make_delivery_note(order)
		for row in note.items:
			row.qty = max(flt(int(row.qty * share)), 1.0)
		note.insert().submit()
		self.notes.append(note.name)

	def take_back(self, note: str) -> None:
		"""Everything of a Delivery Note is returned and restocked."""
		back = make_sales_return(note)
		back.insert().submit()
		self.notes.append(back.name)

	def cancel_note(self, note: str) -> None:
		frappe.get_doc("Delivery Note", note).cancel()

	# what the above share

	def _item(self, number: int) -> str:
		return self.goods.items[number]

	def _place(self, number: int) -> str:
		return self.goods.warehouses[number]

	def _order(self, name: str):
		return frappe.get_doc("Sales Order", name)

	def _line(self, item: int, warehouse: int, qty: float, rate: float) -> dict:
		box = {"uom": "Box", "conversion_factor": 6} if item == BOXED else {}
		in_stock_uom = rate * 6 if item == BOXED else rate
		listed = {"rate": in_stock_uom, "price_list_rate": in_stock_uom * PRICE / rate}
		return make.line(
			self._item(item),
			qty=qty if item == LOOSE else float(int(qty) or 1),
			warehouse=self._place(warehouse),
			**listed,
			**box,
		)

	def _rows_of(self, order: str) -> list[dict]:
		keys = ("name", "item_code", "qty", "rate", "conversion_factor", "delivery_date", "uom")
		return [
			{"docname": row.name, **{key: row.get(key) for key in keys}} for row in self._order(order).items
		]

	def _update(self, order: str, rows: list[dict]) -> None:
		from erpnext.controllers.accounts_controller import update_child_qty_rate

		text = frappe.as_json(rows)
		update_items.update(order, rows, lambda: update_child_qty_rate("Sales Order", text, order))

	def _stock_entry(self, purpose: str, item: int, qty: float, **places: str) -> None:
		row = {"item_code": self._item(item), "qty": qty, "basic_rate": 10, **places}
		doc = {"doctype": "Stock Entry", "stock_entry_type": purpose, "purpose": purpose}
		doc = frappe.get_doc({**doc, "company": make.company().name, "items": [row]})
		doc.insert().submit()


def _forget() -> None:
	"""What a new request does not know of the one before."""
	from tests.site import forget

	forget()


TRACKED = (BATCHED, SERIAL)
