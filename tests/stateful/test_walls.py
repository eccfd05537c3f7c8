"""Random saves by people without the right: none of them ends in a submitted order that owed an approval."""

from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import frappe
import frappe.client
import frappe.share
from frappe.desk.form.save import savedocs
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import api, owed
from sales_wh_flow.approval.desk import api as desk
from sales_wh_flow.approval.store import gate as kept
from sales_wh_flow.approval.store import requests
from sales_wh_flow.base import retry
from sales_wh_flow.order_changes import update_items
from tests import factories as make
from tests.stateful.goods import Goods
from tests.stateful.own_roads import OwnRoads, make_substitutes

rates = st.sampled_from([100.0, 95.0, 91.0, 89.0, 60.0, 1.0, 0.0])
some = st.integers(0, 50)
sellers = st.integers(0, 1)

FORGED = {
	"state": "Approved",
	"docstatus": 1,
	"swf_flow_status": "Approved",
	"price_list_rate": 1,
	"owner": "Administrator",
	"status": "To Deliver and Bill",
}
"""What a caller may send along."""


class SavesWithoutTheRight(OwnRoads, RuleBasedStateMachine):
	"""Two sellers, one of them a Sales Manager; nobody of them is asked by the rule."""

	def __init__(self):
		super().__init__()
		self.people = _sellers()
		self.orders: list[str] = []
		self.quotations: list[str] = []
		make_substitutes()
		self.at_once, retry.from_a_fresh_transaction = retry.from_a_fresh_transaction, lambda work: work()

	def teardown(self):
		retry.from_a_fresh_transaction = self.at_once
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.local.request_cache.clear()

	def step(self, seller, act):
		"""As a request of this seller's; what is refused leaves nothing."""
		frappe.db.savepoint("step")
		frappe.set_user(self.people[seller])
		frappe.local.message_log = []
		try:
			return act()
		except (frappe.ValidationError, frappe.PermissionError):
			frappe.db.rollback(save_point="step")
		finally:
			frappe.set_user("Administrator")
			frappe.local.request_cache.clear()

	def one(self, at):
		return self.orders[at % len(self.orders)]

	@initialize(rate=rates)
	def first_order(self, rate):
		self.write(0, rate, False)

	@rule(seller=sellers, rate=rates, is_submitted=st.booleans())
	def write(self, seller, rate, is_submitted):
		"""REST may send an order that says it is submitted."""
		row = {
			"item_code": Goods.there.items[0],
			"qty": 2,
			"rate": rate,
			"warehouse": Goods.there.warehouses[0],
		}
		doc = {
			"doctype": "Sales Order",
			"company": make.company().name,
			"customer": Goods.there.customer,
			"delivery_date": add_days(nowdate(), 7),
			"docstatus": int(is_submitted),
			"items": [{**row, "price_list_rate": 100, "delivery_date": add_days(nowdate(), 7)}],
		}
		made = self.step(seller, lambda: frappe.get_doc(doc).insert().name)
		if made:
			self.orders.append(made)

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, rate=rates, forged=st.sampled_from([None, *FORGED]), way=some)
	def save(self, seller, at, rate, forged, way):
		def act():
			doc = frappe.get_doc("Sales Order", self.one(at))
			doc.items[0].rate = rate
			if forged:
				doc.set(forged, FORGED[forged])
				doc.items[0].set(forged, FORGED[forged])
			ways = (
				doc.save,
				lambda: frappe.client.save(doc.as_json()),
				lambda: savedocs(doc.as_json(), "Update" if doc.docstatus == 1 else "Save"),
				lambda: frappe.client.set_value("Sales Order Item", doc.items[0].name, "rate", rate),
				lambda: frappe.client.set_value(
					"Sales Order", doc.name, {forged or "po_no": FORGED.get(forged)}
				),
			)
			ways[way % len(ways)]()

		self.step(seller, act)

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, way=some)
	def submit(self, seller, at, way):
		name = self.one(at)
		ways = (
			lambda: frappe.get_doc("Sales Order", name).submit(),
			lambda: frappe.client.submit(frappe.get_doc("Sales Order", name).as_json()),
			lambda: frappe.client.set_value("Sales Order", name, "docstatus", 1),
			lambda: savedocs(frappe.get_doc("Sales Order", name).as_json(), "Submit"),
			lambda: _unvalidated(name),
		)
		self.step(seller, ways[way % len(ways)])

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, way=some)
	def ask_and_press(self, seller, at, way):
		name = self.one(at)
		found = frappe.get_all(
			"Order Approval", {"sales_order": name}, pluck="name", order_by="creation desc"
		)
		ways = [lambda: api.ask_for_approval(name, "please"), lambda: desk.withdraw(name)]
		if found:
			ways += [
				lambda: api.approve(found[0]),
				lambda: api.refuse(found[0], "mine"),
				lambda: desk.remind(found[0]),
				lambda: frappe.client.set_value("Order Approval", found[0], "state", "Approved"),
				lambda: frappe.share.add("Order Approval", found[0], self.people[seller], write=1),
				lambda: frappe.client.delete("Order Approval", found[0]),
				lambda: api.forward(found[0], self.people[1 - seller], "for you"),
			]
		self.step(seller, ways[way % len(ways)])

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, rate=rates)
	def update_items(self, seller, at, rate):
		def act():
			doc = frappe.get_doc("Sales Order", self.one(at))
			row = doc.items[0]
			given = {"docname": row.name, "name": row.name, "item_code": row.item_code, "qty": row.qty}
			given |= {"rate": rate, "conversion_factor": 1, "idx": 1, "delivery_date": str(row.delivery_date)}
			text = frappe.as_json([given])
			update_items.update(doc.name, [given], update_items.native("Sales Order", text, doc.name))

		self.step(seller, act)

	@precondition(lambda self: self.orders)
	@rule(
		seller=sellers,
		at=some,
		act=st.sampled_from(["Closed", "On Hold", "Draft", "cancel", "copy", "delete"]),
	)
	def end_or_copy(self, seller, at, act):
		name = self.one(at)

		def work():
			doc = frappe.get_doc("Sales Order", name)
			if act == "copy":
				copy = frappe.copy_doc(doc)
				copy.amended_from = name if doc.docstatus == 2 else None
				self.orders.append(copy.insert().name)
			elif act == "cancel":
				doc.cancel()
			elif act == "delete":
				frappe.delete_doc("Sales Order", name)
				self.orders.remove(name)
			elif doc.docstatus == 1:
				doc.update_status(act)

		self.step(seller, work)

	@invariant()
	def nothing_went_past_the_gate(self):
		"""Of all orders of the customer: endpoints make some of their own."""
		for name in frappe.get_all("Sales Order", {"customer": Goods.there.customer}, pluck="name"):
			doc = frappe.get_doc("Sales Order", name)
			if doc.docstatus != 1 or doc.status in ("Closed", "On Hold"):
				continue
			missing = owed.needs_now(doc).missing(requests.approvals_of_order(name))
			if missing:
				assert requests.held_orders([name]), f"{name} owes {[it.rule for it in missing]} and goes on"
			assert kept.let_through(name).digest, f"{name} is submitted, and the gate has not seen it"

	@invariant()
	def nobody_has_approved_anything(self):
		filters = {"customer": Goods.there.customer, "state": "Approved"}
		assert not frappe.get_all("Order Approval", filters)


@cache
def _sellers() -> tuple[str, str]:
	"""Made once for the run."""
	made = (make.make_user("Sales Manager", "Sales User"), make.make_user("Sales User"))
	frappe.db.commit()
	return made


def _unvalidated(name: str) -> None:
	"""Code that leaves validation out."""
	doc = frappe.get_doc("Sales Order", name)
	doc.flags.ignore_validate = True
	doc.submit()


TestSavesWithoutTheRight = SavesWithoutTheRight.TestCase
TestSavesWithoutTheRight.settings = settings.get_profile("days")
