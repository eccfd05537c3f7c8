"""The app's own endpoints, and tools of the desk that write orders, as steps of sellers without the right."""

import json
from functools import cache

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

import frappe
from frappe.desk.calendar import update_event
from frappe.model.mapper import make_mapped_doc
from frappe.utils import add_days, nowdate

from erpnext.selling.doctype.sales_order.sales_order import update_status

from sales_wh_flow.approval import api
from sales_wh_flow.approval.desk import api as desk
from sales_wh_flow.order_changes import api as changes
from sales_wh_flow.reroute import api as reroute
from sales_wh_flow.shortage import api as shortage
from tests import factories as make
from tests.stateful.goods import Goods

rates = st.sampled_from([100.0, 91.0, 89.0, 60.0, 1.0, 0.0])
some = st.integers(0, 50)
sellers = st.integers(0, 1)


class OwnRoads:
	"""What the form's buttons do. Mixed into a machine with ``step``, ``one``, ``orders`` and ``people``."""

	quotations: list[str]

	@rule(seller=sellers, rate=rates, is_submitted=st.booleans())
	def quote(self, seller, rate, is_submitted):
		row = {"item_code": _substituted(), "qty": 2, "rate": rate, "price_list_rate": 100}
		doc = {
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": Goods.there.customer,
			"company": make.company().name,
			"items": [{**row, "warehouse": Goods.there.warehouses[0]}],
			"docstatus": int(is_submitted),
		}
		if made := self.step(seller, lambda: frappe.get_doc(doc).insert().name):
			self.quotations.append(made)

	@precondition(lambda self: self.quotations)
	@rule(seller=sellers, at=some, rate=st.one_of(st.none(), rates), is_submitted=st.booleans())
	def order_of_quotation(self, seller, at, rate, is_submitted):
		name = self.quotations[at % len(self.quotations)]

		def act():
			doc = make_mapped_doc("erpnext.selling.doctype.quotation.quotation.make_sales_order", name)
			doc.delivery_date = add_days(nowdate(), 7)
			for row in doc.items:
				row.delivery_date = doc.delivery_date
				row.rate = row.rate if rate is None else rate
			doc.docstatus = int(is_submitted)
			return doc.insert().name

		if made := self.step(seller, act):
			self.orders.append(made)

	@precondition(lambda self: self.quotations)
	@rule(seller=sellers, at=some, way=some)
	def press_on_quotation(self, seller, at, way):
		name = self.quotations[at % len(self.quotations)]
		found = frappe.get_all("Order Approval", {"quotation": name}, pluck="name") or ["none"]
		ways = (
			lambda: desk.ask_about_quotation(name, "please"),
			lambda: desk.decide_about_quotation(found[0], "approve"),
			lambda: desk.withdraw_from_quotation(name),
			lambda: frappe.get_doc("Quotation", name).submit(),
			lambda: frappe.get_doc("Quotation", name).cancel(),
			lambda: frappe.client.set_value("Quotation", name, {"status": "Ordered", "docstatus": 1}),
		)
		self.step(seller, ways[way % len(ways)])

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, way=some, rate=rates)
	def press_on_order(self, seller, at, way, rate):
		name = self.one(at)
		doc = frappe.get_doc("Sales Order", name)
		row, other = doc.items[0], Goods.there.warehouses[1]
		move = [{"row": row.name, "warehouse": other, "qty": 1.0}]
		kept = {field: row.get(field) for field in ("name", "item_code", "qty", "rate", "conversion_factor")}
		kept |= {"docname": row.name, "delivery_date": str(row.delivery_date)}
		added = {"item_code": _substitute(), "qty": 1, "rate": rate, "conversion_factor": 1}
		added |= {"delivery_date": str(row.delivery_date)}
		sent = {"doctype": "Sales Order", "name": name, "docstatus": 1, "status": "To Deliver"}
		consent = ("Keep the Old Price", "Maria", "by telephone")
		ways = (
			lambda: changes.update_items("Sales Order", [{**kept, "rate": rate}], name),
			lambda: changes.update_items("Sales Order", [kept, added], name),
			lambda: changes.update_items("Sales Order", [added], name),
			lambda: shortage.take_substitute(name, row.name, _substitute(), *consent),
			lambda: shortage.take_substitute(name, row.name, _substitute(), "Price List", *consent[1:]),
			lambda: shortage.split_backorder(name),
			lambda: shortage.close_line_short(name, row.name, 1.0, "gone"),
			lambda: shortage.open_line_again(name, row.name, 1.0, "it is back"),
			lambda: reroute.reroute(name, move, "nearer"),
			lambda: reroute.move_lock(name, row.name, other, 1.0, "nearer"),
			lambda: update_status("Draft", name),
			lambda: update_event(json.dumps(sent), json.dumps({"start": "docstatus", "end": "status"})),
		)
		self.step(seller, ways[way % len(ways)])

	@precondition(lambda self: self.orders)
	@rule(seller=sellers, at=some, way=some)
	def press_on_request(self, seller, at, way):
		found = frappe.get_all("Order Approval", {"sales_order": self.one(at)}, pluck="name") or ["none"]
		ways = (
			lambda: api.approve_with_condition(found[0], "Smaller Discount", 99.0),
			lambda: api.accept_condition(found[0]),
			lambda: desk.ask_back(found[0], "why"),
			lambda: desk.answer(found[0], "because"),
			lambda: api.delegate(self.people[seller], nowdate(), nowdate(), from_user=_approver()),
		)
		self.step(seller, ways[way % len(ways)])


@cache
def _substituted() -> str:
	"""An item that another one may stand for; made once for the run, with a price list rate of 100."""
	item, other = (make.make_item(allow_alternative_item=1) for _ in range(2))
	pair = {"doctype": "Item Alternative", "item_code": item, "alternative_item_code": other}
	frappe.get_doc({**pair, "two_way": 1}).insert()
	make.receive(other, 100, Goods.there.warehouses[0])
	frappe.db.commit()
	return item


def make_substitutes() -> None:
	"""Before the first day: what is made later would be undone with it."""
	_substituted()
	_approver()


def _substitute() -> str:
	pair = {"item_code": _substituted()}
	return frappe.db.get_value("Item Alternative", pair, "alternative_item_code")


@cache
def _approver() -> str:
	made = make.make_user("Order Approver", "Accounts User")
	frappe.db.commit()
	return made
