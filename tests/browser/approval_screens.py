"""Pictures of approvals on the desk: ``python -m tests.browser.approval_screens FOLDER [TITLE[-WIDTH]...]``.

Makes a committed story with plain names on the site that SWHF_SITE names, so use an empty one to throw away.
SWHF_BASE_URL is its address.
"""

import sys
from pathlib import Path
from urllib.parse import quote

import frappe
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from sales_wh_flow.approval import api
from tests import factories
from tests.browser import data, desk
from tests.site import connected, set_switches

WIDTHS = {"desktop": {"width": 1280, "height": 860}, "phone": desk.PHONE}
RATE = 80.0


def main(folder: Path, only: list[str]) -> None:
	folder.mkdir(parents=True, exist_ok=True)
	with connected(), desk.browser() as program:
		take_all(folder, program, only)
	print(f"{folder}: done")


def take_all(folder: Path, program, only: list[str]) -> None:
	"""``only``: titles, or titles with a width; none for all."""
	story = Story()
	for width, viewport in WIDTHS.items():
		for title, (user, show) in story.screens().items():
			if not only or title in only or f"{title}-{width}" in only:
				one = desk.Desk(program, user, data.PASSWORD, viewport)
				show(one)
				_take(one, folder / f"approval-{title}-{width}.png")
				one.close()


def _take(one: desk.Desk, path: Path) -> None:
	one.page.wait_for_load_state("networkidle")
	one.page.wait_for_timeout(500)  # a dialog slides in, a chart grows
	wide = one.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
	one.page.screenshot(path=path)
	print(path.name, f"scrolls sideways by {wide} px" if wide > 0 else "", *one.problems)


class Story:
	"""A lamp maker's month: four customers, two approvers, three rules and one on trial."""

	def __init__(self):
		set_switches(approval=True, stock_lock=True)
		frappe.db.set_single_value("Sales Flow Settings", "approval_notify_email", 0)
		self.warehouse = self.place("Main")
		self.lamp, self.arc = (
			self.item("DESK-LAMP", "Desk Lamp", 44),
			self.item("ARC-LAMP", "Floor Lamp Arc", 6),
		)
		self.sales = data.make_login("Sam Sales", "Sales User", "Sales Manager", "Stock User")
		self.credit = data.make_login(
			"Ada Credit", "Accounts User", "Order Approver", self.role("Credit Control")
		)
		self.director = data.make_login("Dana Director", "Accounts User", self.role("Sales Director"))
		self.admin = data.make_login("Mia Manager", "System Manager", "Sales Manager", "Accounts Manager")
		self.rules()
		frappe.db.commit()
		self.orders()

	def place(self, title: str) -> str:
		company = factories.company().name
		found = frappe.db.get_value("Warehouse", {"warehouse_name": title, "company": company})
		new = {"doctype": "Warehouse", "warehouse_name": title, "company": company}
		return found or frappe.get_doc(new).insert().name

	def item(self, code: str, name: str, qty: float) -> str:
		if not frappe.db.exists("Item", code):
			factories.make_item(item_code=code, item_name=name)
		factories.receive(code, qty, self.warehouse)
		return code

	def role(self, name: str) -> str:
		if not frappe.db.exists("Role", name):
			frappe.get_doc({"doctype": "Role", "role_name": name, "desk_access": 1}).insert()
		return name

	def customer(self, name: str, credit_limit: float | None = None) -> str:
		if frappe.db.exists("Customer", name):
			return name
		return factories.make_customer(customer_name=name, credit_limit=credit_limit)

	def rules(self) -> None:
		frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
		frappe.clear_cache()
		credit = [{"level": 1, "kind": "Role", "role": "Credit Control", "up_to_amount": 2000}]
		director = {"level": 2, "kind": "Role", "role": "Sales Director"}
		due = [{"level": 1, "approvals_needed": 1, "due_hours": 8, "when_due": "Ask the Next Level"}]
		self.discount = self.rule("Discount above 10 %", "Discount", 10, credit)
		self.limit = self.rule(
			"Over the credit limit",
			"Credit Exposure",
			100,
			[*credit, director],
			measure="Percent of Limit",
			count_pending=1,
			levels=due,
		)
		self.rule("Ships too soon", "Delivery Date", 2, credit)
		self.rule("Large orders", "Order Value", 1000, [{**director, "level": 1}], is_shadow=1)

	def rule(self, title: str, criterion: str, threshold: float, approvers: list, **values) -> str:
		if frappe.db.exists("Order Approval Rule", title):
			frappe.db.set_value("Order Approval Rule", title, "enabled", 1)
			return title
		return factories.make_rule(
			criterion, threshold, title=title, approvers=[dict(row) for row in approvers], **values
		).name

	def orders(self) -> None:
		north = self.customer("Northlight Stores", 1000)
		self.both = self.asked(north, (self.lamp, 12, 18), (self.arc, 8, 0))
		self.other = self.asked(self.customer("Harbour Hotel Group"), (self.arc, 4, 15))
		self.third = self.asked(self.customer("Blue Door Cafe"), (self.lamp, 5, 12))
		self.offered = self.asked(self.customer("Kastrup Offices"), (self.lamp, 10, 20))
		self.decide(
			self.offered,
			lambda name: api.approve_with_condition(name, "Smaller Discount", 12, "12 % is what others get."),
		)
		self.past()
		with factories.acting_as(self.credit):
			self.delegation = api.delegate(self.director, nowdate(), add_days(nowdate(), 7), "Holiday")
		substituted = self.asked(self.customer("Kastrup Offices"), (self.lamp, 4, 12))
		self.decide(substituted, lambda name: api.approve(name, "A good customer."), self.director)
		self.took(substituted, 1, 2)
		self.age()

	def past(self) -> None:
		"""Weeks of decisions for the history: customer, quantity, discount, days ago, hours, verb, words."""
		for customer, qty, less, days, hours, verb, comment in (
			("Blue Door Cafe", 6, 14, 1, 3, api.approve, "Fine for this quarter."),
			("Harbour Hotel Group", 3, 30, 2, 1, api.refuse, "30 % is below our cost."),
			("Kastrup Offices", 2, 13, 8, 5, api.approve, "Opening of their new floor."),
			("Blue Door Cafe", 4, 11, 9, 2, api.approve, "As agreed in spring."),
			("Harbour Hotel Group", 5, 12, 16, 4, api.approve, ""),
			("Kastrup Offices", 1, 25, 17, 1, api.refuse, "Not for a single lamp."),
			("Blue Door Cafe", 3, 12, 23, 6, api.approve, ""),
		):
			order = self.asked(self.customer(customer), (self.lamp, qty, less))
			self.decide(order, lambda name, verb=verb, comment=comment: verb(name, comment))
			self.took(order, days, hours)

	def took(self, order: str, days: int, hours: int) -> None:
		"""The order's approval was decided so many days ago, so many hours after the asking."""
		decided = add_days(now_datetime().replace(hour=15, minute=10), -days)
		name = frappe.db.get_value("Order Approval", {"sales_order": order})
		asked = add_to_date(decided, hours=-hours)
		frappe.db.set_value("Order Approval", name, {"requested_on": asked, "decided_on": decided})
		frappe.db.set_value("Order Approval Decision", {"parent": name}, "decided_on", decided)
		frappe.db.commit()

	def asked(self, customer: str, *lines: tuple) -> str:
		rows = [
			factories.line(
				item, qty=qty, price_list_rate=RATE, rate=RATE * (100 - less) / 100, warehouse=self.warehouse
			)
			for item, qty, less in lines
		]
		with factories.acting_as(self.sales):
			order = factories.make_order(*rows, customer=customer).name
			frappe.db.commit()
			api.ask_for_approval(order)
		frappe.db.commit()
		return order

	def decide(self, order: str, verb, user: str = "") -> None:
		with factories.acting_as(user or self.credit):
			verb(self.approval(order))
		frappe.db.commit()

	def approval(self, order: str, rule: str = "") -> str:
		where = {"sales_order": order, "state": "Open", **({"rule": rule} if rule else {})}
		return frappe.db.get_value("Order Approval", where)

	def age(self) -> None:
		"""What lies there was not all asked this minute."""
		moment = now_datetime()
		for order, hours in ((self.both, 26), (self.other, 7), (self.third, 3), (self.offered, 2)):
			asked = add_to_date(moment, hours=-hours)
			frappe.db.set_value("Order Approval", {"sales_order": order}, "requested_on", asked)
		frappe.db.set_value(
			"Order Approval",
			{"sales_order": self.both, "rule": self.limit, "state": "Open"},
			"due_on",
			add_to_date(moment, hours=-2),
		)
		frappe.db.commit()

	def screens(self) -> dict:
		"""Title -> (who looks, what is done before the picture)."""
		return {
			"rule": (self.admin, lambda one: one.open("Order Approval Rule", self.limit)),
			"rule-levels": (self.admin, self.show_levels),
			"rule-new": (self.admin, lambda one: one.open_new("Order Approval Rule")),
			"rule-try": (self.admin, self.show_try),
			"delegation": (self.credit, lambda one: one.open("Approval Delegation", self.delegation)),
			"delegation-new": (self.credit, lambda one: one.open_new("Approval Delegation")),
			"inbox": (self.credit, self.show_inbox),
			"what-if": (self.credit, self.show_what_if),
			"order": (self.credit, lambda one: one.open("Sales Order", self.both)),
			"order-phone-end": (self.credit, self.show_end_of_order),
			"why": (self.credit, self.show_why),
			"condition": (self.credit, self.show_condition),
			"forward": (self.credit, lambda one: self.press(one, self.other, "Forward")),
			"refuse": (self.credit, lambda one: self.press(one, self.other, "Refuse")),
			"accept": (self.sales, lambda one: self.press(one, self.offered, "Accept Condition")),
			"decline": (self.sales, lambda one: self.press(one, self.offered, "Decline")),
			"offered": (self.sales, lambda one: one.open("Sales Order", self.offered)),
			"link": (self.credit, self.show_link),
			"link-used": (self.credit, lambda one: one.page.goto("/order_approval?token=forged")),
			"history": (self.admin, lambda one: self.show_history(one, "Each Decision")),
			"history-rules": (self.admin, lambda one: self.show_history(one, "By Rule")),
			"approval-form": (self.credit, self.show_form),
			"list": (self.admin, lambda one: one.visit("/app/order-approval-rule")),
		}

	def press(self, one: desk.Desk, order: str, label: str) -> None:
		one.open("Sales Order", order)
		one.flow.get_by_role("button", name=label, exact=True).first.click()
		one.page.locator(".modal.show").wait_for()

	def show_condition(self, one: desk.Desk) -> None:
		self.press(one, self.other, "With Condition")
		one.page.locator(".modal.show [data-fieldname='most_discount'] input").fill("12")
		one.page.locator(".modal.show textarea").fill("12 % is what others get.")

	def show_levels(self, one: desk.Desk) -> None:
		one.open("Order Approval Rule", self.limit)
		one.page.locator("[data-fieldname='who']").first.scroll_into_view_if_needed()
		one.page.evaluate("() => cur_frm.scroll_to_field('approvers')")

	def show_try(self, one: desk.Desk) -> None:
		one.open("Order Approval Rule", self.limit)
		one.page.evaluate("() => cur_frm.custom_buttons[__('Try on an Order')].click()")
		field = one.page.locator(".modal.show [data-fieldname='sales_order'] input")
		field.click()
		field.press_sequentially(self.both)
		one.page.locator(".modal.show .awesomplete [role='option']").first.click()
		one.answer("Try")
		one.page.locator(".modal.show .indicator-pill").wait_for()

	def show_inbox(self, one: desk.Desk) -> None:
		one.visit("/app/approval-inbox")
		one.page.locator(".swf-card").first.wait_for()

	def show_what_if(self, one: desk.Desk) -> None:
		self.show_inbox(one)
		one.page.locator(f"[data-what-if='{self.both}']").click()
		one.page.locator(".swf-what-if").wait_for()

	def show_end_of_order(self, one: desk.Desk) -> None:
		one.open("Sales Order", self.both)
		one.flow.locator(".swf-approval").last.scroll_into_view_if_needed()

	def show_why(self, one: desk.Desk) -> None:
		self.press(one, self.both, "Why / Why Not")

	def show_link(self, one: desk.Desk) -> None:
		request = frappe.get_doc("Order Approval", self.approval(self.both, self.limit))
		one.page.goto(data.mailed_address(request, self.credit))

	def show_history(self, one: desk.Desk, show: str) -> None:
		one.page.set_viewport_size({**one.page.viewport_size, "height": 1000})
		one.visit(f"/app/query-report/Approval History?show={show}&rule={quote(self.discount)}")
		one.page.locator(".datatable .dt-row").first.wait_for()

	def show_form(self, one: desk.Desk) -> None:
		one.open("Order Approval", self.approval(self.other))


if __name__ == "__main__":
	main(Path(sys.argv[1]), sys.argv[2:])
