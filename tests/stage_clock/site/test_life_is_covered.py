"""Whatever is done to an order, in whatever sequence, with a clock that jumps: stages cover its life without
gap or overlap, as the writer of the flow status writes them.
"""

import os
import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

import frappe

from sales_wh_flow.audit import check, words
from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import promise_anew
from sales_wh_flow.picking import pick
from sales_wh_flow.stage_clock import api
from sales_wh_flow.stock_lock import release
from sales_wh_flow.stock_lock.serving import serve
from tests import factories as make
from tests.billing.billing_world import invoice_of, pay, ship
from tests.moving_clock import moving_clock

LIVES, STEPS = (25, 25) if os.environ.get("SWHF_IN_FULL") else (1, 12)
START = datetime.now().replace(hour=9, minute=0, second=0, microsecond=123456) - timedelta(days=20)
ENDS = {1: ["submit"], STEPS - 1: ["cancel"]}
TRIES = 4
"""Deeds that are tried in turn where one is refused: most make no sense where an order is."""
JUMPS_MIN = (0, 0, 1, 30, 240, 1440, 4000, -60)
"""How far the clock goes between two deeds; it is set back where summer time ends."""
REFUSED = (frappe.ValidationError, frappe.PermissionError)


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(
		**dict.fromkeys(("stock_lock", "fulfilment", "forecast"), True),
		**{"serving": "By Itself", "billing": "On", "delay_alerts": "On", "messages": "Shadow"},
	)


class Life:
	"""One order, and what people do to it."""

	def __init__(self, chance: random.Random) -> None:
		self.chance, self.place = chance, make.make_warehouse()
		self.item = make.stocked(4, self.place)
		self.name = make.make_order(make.line(self.item, qty=6, warehouse=self.place)).name
		self.notes: list[str] = []
		self.bills: list[str] = []
		self.lists: list[str] = []
		self.done: list[str] = []

	@property
	def order(self):
		return frappe.get_doc("Sales Order", self.name)

	def submit(self):
		self.order.submit()

	def hold(self):
		self.order.update_status("On Hold")

	def close(self):
		self.order.update_status("Closed")

	def open_again(self):
		self.order.update_status("Draft")

	def receive(self):
		make.receive(self.item, 3, self.place)
		serve.serve_order(self.name)

	def let_go(self):
		release.by_hand(self.order, "Wanted elsewhere")

	def start_picking(self):
		self.lists += pick.make_lists(self.order)

	def end_picking(self):
		frappe.get_doc("Pick List", self.lists[-1]).submit()

	def undo_picking(self):
		frappe.get_doc("Pick List", self.lists.pop()).cancel()

	def send(self):
		if self.lists:
			name = deliver.make_delivery_note(frappe.get_doc("Pick List", self.lists[-1]))
			self.notes.append(frappe.get_doc("Delivery Note", name).submit().name)
		else:
			self.notes.append(ship(self.order, self.chance.choice((1, 2, None))).name)

	def undo_sending(self):
		frappe.get_doc("Delivery Note", self.notes.pop()).cancel()

	def arrive(self):
		deliver.confirm_delivery(frappe.get_doc("Delivery Note", self.notes[-1]))

	def invoice(self):
		self.bills.append(invoice_of(self.order).name)

	def undo_invoice(self):
		frappe.get_doc("Sales Invoice", self.bills.pop()).cancel()

	def get_paid(self):
		pay(frappe.get_doc("Sales Invoice", self.bills[-1]))

	def promise(self):
		promise_anew.promise(self.order, str((START + timedelta(days=60)).date()), "Asked for it")

	def cancel(self):
		self.order.cancel()

	def step(self, deed: str) -> bool:
		"""Do it as a request of its own would; what is refused, or makes no sense now, is undone. Whether it
		was done.
		"""
		frappe.db.savepoint("deed")
		kept = [list(it) for it in (self.notes, self.bills, self.lists)]
		try:
			getattr(self, deed)()
			self.done.append(deed)
			return True
		except (*REFUSED, IndexError):
			frappe.db.rollback(save_point="deed")
			self.notes, self.bills, self.lists = kept
			frappe.clear_messages()
			return False


DEEDS = [
	it for it in vars(Life) if not it.startswith("_") and it not in ("order", "step", "submit", "cancel")
]


def stays(order: str) -> list:
	rows = frappe.get_all(
		"Order Stage Log", {"sales_order": order}, ["name", "stage", "stage_owner", "entered_on", "left_on"]
	)
	return sorted(rows, key=lambda it: (it.entered_on, it.left_on is None, it.left_on))


def is_covered(order: str, begun, now) -> None:
	"""Raises: AssertionError where a moment of the order's life lies in no stage, or in two."""
	rows = stays(order)
	assert rows[0].entered_on == begun
	assert all(one.left_on == other.entered_on for one, other in pairwise(rows))
	assert all(it.left_on >= it.entered_on for it in rows[:-1])
	assert [it.left_on is None for it in rows] == [*[False] * (len(rows) - 1), True]
	assert all((one.stage, one.stage_owner) != (two.stage, two.stage_owner) for one, two in pairwise(rows))
	known = frappe.db.get_value("Sales Order", order, ["swf_stage", "swf_stage_row"])
	assert known == (rows[-1].stage, rows[-1].name)
	ends = [*(it.left_on for it in rows[:-1]), max(now, rows[-1].entered_on)]
	lasted = sum((end - it.entered_on for it, end in zip(rows, ends, strict=True)), timedelta())
	assert lasted == ends[-1] - begun
	assert all(it["hours"] >= 0 for it in api.stages_of_order(order))


@pytest.mark.parametrize("seed", range(LIVES))
def test_stages_cover_a_life_without_gap_or_overlap(seed):
	chance = random.Random(seed)
	with moving_clock() as set_to:
		now = latest = START
		set_to(now)
		life = Life(chance)
		begun = stays(life.name)[0].entered_on
		for number in range(STEPS):
			now += timedelta(minutes=chance.choice(JUMPS_MIN))
			latest = max(latest, now)
			set_to(now)
			deeds = ENDS.get(number) or chance.sample(DEEDS, TRIES)
			any(life.step(deed) for deed in deeds)
			is_covered(life.name, begun, latest)
		findings = check.look(orders=[life.name])
		assert not findings, (" ".join(life.done), words.findings_in_words(findings))
	assert len(life.done) > STEPS / 2, life.done
