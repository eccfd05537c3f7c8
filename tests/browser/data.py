"""Committed documents and users for the browser, every name new: no test sees what another one made."""

from dataclasses import dataclass

import frappe
import frappe.share
from frappe.utils.password import update_password

from sales_wh_flow.approval import mail
from tests import factories

PASSWORD = "Flow-Desk-2718"
PRICE = 100.0


@dataclass(frozen=True)
class People:
	"""Who works with the desk, and the role that approves. One set per run: Frappe throttles new users.

	``director`` reads orders and approves nothing by role; ``manager`` sets the flow up.
	"""

	sales_user: str
	approver: str
	stock_user: str
	director: str
	manager: str
	role: str


@dataclass(frozen=True)
class World:
	"""What one story needs: people, a customer, an item with stock in its default warehouse, a courier."""

	customer: str
	group: str
	item: str
	warehouse: str
	other_warehouse: str
	courier: str
	rule: str
	sales_user: str
	approver: str
	stock_user: str


def make_people() -> People:
	role = make_role()
	people = People(
		sales_user=make_login("Sam Sales", "Sales User"),
		approver=make_login("Ada Approver", "Accounts User", "Order Approver", role),
		stock_user=make_login("Stan Stock", "Stock User"),
		director=make_login("Dana Director", "Accounts User"),
		manager=make_login("Mia Manager", "System Manager", "Sales Manager"),
		role=role,
	)
	frappe.db.commit()
	return people


def make_world(people: People, stock_qty: float = 10, threshold: float = 10) -> World:
	"""A world where a discount above ``threshold`` percent waits for the people's approver. Commits."""
	warehouse, other = factories.make_warehouses(2)
	item = factories.make_item(
		item_name=factories.unique("Desk Lamp"),
		item_defaults=[{"company": factories.company().name, "default_warehouse": warehouse}],
	)
	price_list = frappe.db.get_single_value("Selling Settings", "selling_price_list") or "Standard Selling"
	frappe.get_doc(
		{"doctype": "Item Price", "item_code": item, "price_list": price_list, "price_list_rate": PRICE}
	).insert()
	if stock_qty:
		factories.receive(item, stock_qty, warehouse)
	group = factories.make_customer_group()
	world = World(
		customer=factories.make_customer(group=group, customer_name=factories.unique("Northlight Stores")),
		group=group,
		item=item,
		warehouse=warehouse,
		other_warehouse=other,
		courier=make_courier(),
		rule=factories.make_rule("Discount", threshold, customer_group=group, approver_role=people.role).name,
		sales_user=people.sales_user,
		approver=people.approver,
		stock_user=people.stock_user,
	)
	frappe.db.commit()
	return world


def make_role() -> str:
	name = factories.unique("Discount Approver")
	return frappe.get_doc({"doctype": "Role", "role_name": name, "desk_access": 1}).insert().name


def make_login(full_name: str, *roles: str) -> str:
	"""The name of a user with these roles whose password is PASSWORD."""
	user = factories.make_user(*roles)
	first, last = full_name.split(" ", 1)
	frappe.db.set_value("User", user, {"first_name": first, "last_name": last, "full_name": full_name})
	update_password(user, PASSWORD)
	frappe.share.add_docshare(  # everybody reads and writes themselves
		"User", user, user, write=1, share=1, flags={"ignore_share_permission": True}
	)
	return user


def make_courier() -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Courier",
			"courier_name": factories.unique("Swift Parcel"),
			"enabled": 1,
			"tracking_url": "https://parcels.example/track?no={0}",
			"services": [
				{"service": "Next Day", "transit_days": 1},
				{"service": "Economy", "transit_days": 4},
			],
		}
	)
	return doc.insert().name


def make_order(world: World, *lines: dict, discount: float = 0, submit: bool = False, **values):
	"""A committed Sales Order of the world's customer, written by its sales user; by default 5 of its item.

	``discount``: percent below list price.
	"""
	rows = lines or ({"qty": 5},)
	full = [
		factories.line(
			row.get("item_code") or world.item,
			**{
				"warehouse": world.warehouse,
				"rate": PRICE * (1 - discount / 100),
				"price_list_rate": PRICE,
				**row,
			},
		)
		for row in rows
	]
	with factories.acting_as(world.sales_user):
		order = factories.make_order(*full, customer=world.customer, submit=submit, **values)
	frappe.db.commit()
	return order


def mailed_address(request, user: str) -> str:
	"""Where the e-mail about an approval leads the user, without the site's own address."""
	return "/order_approval" + mail.link_for(request, user).split("/order_approval")[1]
