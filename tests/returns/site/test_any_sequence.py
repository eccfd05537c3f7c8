"""Whatever happens in whatever order, quantities and money add up for every line."""

import random

import pytest

import frappe

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.returns import api, jobs
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests import factories as make
from tests.returns import returns_world as world

ORDERED = 12


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


class Story:
	"""One order, and what may happen to it next."""

	def __init__(self, seed, place):
		self.dice, self.place = random.Random(seed), place
		self.item = make.stocked(ORDERED, place)
		self.order = make.make_order(make.line(self.item, qty=ORDERED), warehouse=place, submit=True)
		self.told = []

	def step(self):
		often = [self.deliver, self.give_back]
		done = self.dice.choice(
			[*often, *often, self.mistake, self.reopen, self.close_short, self.open_again]
		)
		self.told.append(done.__name__)
		done()

	def deliver(self):
		if not world.locked(self.order):
			serving_api.lock_waiting(self.order.name)
		if not world.locked(self.order):
			return
		(pick_list,) = picking_api.make_pick_lists(self.order.name)
		frappe.get_doc("Pick List", pick_list).submit()
		note = frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list)).submit()
		if self.dice.random() < 0.5:
			make_sales_invoice(note.name).insert().submit()

	def give_back(self):
		rows = api.returnable(sales_order=self.order.name)["rows"]
		if not rows:
			return
		row = self.dice.choice(rows)
		qty = self.dice.randint(1, int(row["left"]))
		case = world.opened({"row": row["row"], "qty": qty})
		world.decided(case, remedy=self.dice.choice(["Refund", "Replace", "Nothing"]))
		api.post_return(case.name)

	def mistake(self):
		"""The last return was none: its papers are cancelled, the credit note first."""
		filters = {"sales_order": self.order.name, "state": ("!=", "Cancelled")}
		for name in frappe.get_all("Return Case", filters, pluck="name", order_by="name desc", limit=1):
			case = frappe.get_doc("Return Case", name)
			for doc in (*world.credits_of(case), *world.notes_of(case)):
				doc.reload().cancel()
			api.cancel_return(name, "mistake")

	def reopen(self):
		plan = api.plan_reopening(self.order.name)
		if plan["may_start"]:
			jobs.reopen_order(api.reopen_order(self.order.name, "To Pick", "mistake"))

	def close_short(self):
		"""A part of what is open and lies on no Pick List is given up."""
		open_lines = shortage_api.closable_lines(self.order.name)["open"]
		for it in open_lines:
			part = self.dice.randint(1, int(it["qty"]))
			if part < self.line().qty:
				shortage_api.close_line_short(self.order.name, it["row"], part, "no more wanted")

	def open_again(self):
		for it in shortage_api.closable_lines(self.order.name)["closed"]:
			part = self.dice.randint(1, int(it["qty"]))
			shortage_api.open_line_again(self.order.name, it["row"], part, "wanted after all")

	def line(self):
		return frappe.get_doc("Sales Order Item", self.order.items[0].name)

	def money(self):
		"""(invoiced - credited, in pieces) by the invoices; what the line says is credited."""
		rows = frappe.get_all(
			"Sales Invoice Item", {"so_detail": self.order.items[0].name, "docstatus": 1}, ["qty"]
		)
		return sum(row.qty for row in rows), -sum(row.qty for row in rows if row.qty < 0)


@pytest.mark.parametrize("seed", range(5))
def test_quantities_and_money_add_up_after_every_step(place, seed):
	story = Story(seed, place)
	for _step in range(7):
		story.step()
		line, told = story.line(), (seed, story.told)
		gross = line.delivered_qty + line.swf_returned_qty
		still_open = line.qty + line.swf_replaced_qty - gross
		assert 0 <= still_open <= ORDERED, told
		assert ORDERED + line.swf_replaced_qty == still_open + gross + line.swf_closed_short, told
		assert 0 <= line.swf_replaced_qty <= line.swf_returned_qty <= gross, told
		billed, credited = story.money()
		assert (line.swf_refunded_qty, billed >= 0) == (credited, True), told
		on_hand = world.on_hand(story.item, place)
		assert on_hand == ORDERED - gross + line.swf_returned_qty, told
		assert not check.look(orders=[story.order.name]), told
