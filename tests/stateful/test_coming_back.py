"""Random days with returns: goods come back, cases are mistakes, orders and lines are opened again."""

import os

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

import frappe

from sales_wh_flow.shortage import close_line
from tests.stateful.coming_back import DayOfReturns
from tests.stateful.test_days import RandomDay, some

DAYS = max(int(os.environ.get("EXAMPLES") or 25) // 6, 1)


class DayWithReturns(RandomDay):
	"""As any day, with Return Cases in it."""

	def __init__(self):
		super().__init__()
		self.day.end()
		self.day = DayOfReturns()

	def check_more(self):
		self.day.lines_add_up()

	@precondition(lambda self: self.day.notes)
	@rule(
		at=some,
		row=some,
		share=st.sampled_from([1.0, 0.5, 0.1]),
		decision=st.sampled_from(["Restock", "Restock", "Quarantine", "Scrap"]),
		remedy=st.sampled_from(["Refund", "Replace", "Nothing"]),
	)
	def send_back(self, at, row, share, decision, remedy):
		note = self.pick_of(self.day.notes, at)
		self.day.step(self.day.send_back, note, row, share, decision, remedy)
		self.check_more()

	@precondition(lambda self: self.day.notes)
	@rule(at=some)
	def bill(self, at):
		self.day.step(self.day.bill, self.pick_of(self.day.notes, at))

	@precondition(lambda self: self.day.cases)
	@rule(at=some)
	def undo_return(self, at):
		self.day.step(self.day.undo_return, self.pick_of(self.day.cases, at))
		self.check_more()

	@precondition(lambda self: self.day.orders)
	@rule(at=some)
	def open_again(self, at):
		self.day.step(self.day.open_again, self.pick_of(self.day.orders, at))
		self.check_more()

	@precondition(lambda self: self.day.orders)
	@rule(
		at=some,
		row=some,
		share=st.sampled_from([1.0, 0.5]),
		how=st.sampled_from(["close_short", "open_line"]),
	)
	def close_or_open_a_line(self, at, row, share, how):
		order = self.pick_of(self.day.orders, at)
		shown = close_line.shown_closing(frappe.get_doc("Sales Order", order))
		lines = shown["open" if how == "close_short" else "closed"]
		if lines and frappe.db.get_value("Sales Order", order, "docstatus") == 1:
			line = lines[row % len(lines)]
			qty = float(int(line["qty"] * share)) or line["qty"]
			self.day.step(getattr(self.day, how), order, line["row"], qty)
			self.check_more()


TestDaysWithReturns = DayWithReturns.TestCase
TestDaysWithReturns.settings = settings(settings.get_profile("days"), max_examples=DAYS)
