"""What users of shops and ERPs reported about messages, late orders and tracking pages, tried here."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.delays import jobs as delays
from sales_wh_flow.milestones import api, customer_page
from sales_wh_flow.milestones.store import people
from sales_wh_flow.order import refresh_forecast
from tests.factories import acting_as, make_order, make_user
from tests.milestones.messages_world import (
	make_message_rule,
	messages,
	reachable_customer,
	ship,
	shipped_order,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(
		**dict.fromkeys(("stock_lock", "fulfilment", "forecast"), True),
		**{"messages": "On", "delay_alerts": "On", "customer_page": 1},
	)


def lateness(order):
	refresh_forecast.refresh_forecasts([order.name])
	return frappe.db.get_value("Sales Order", order.name, "swf_lateness")


def told(order, milestone):
	return messages(order.name, milestone=milestone)


def test_a_note_that_is_sent_again_tells_the_customer_once_of_each_note():
	"""bagisto#8713: two mails about one shipment."""
	make_message_rule("Dispatched")
	order = shipped_order(customer=reachable_customer())
	note = ship(order)
	for _ in range(3):
		note.reload().save()
	assert len(told(order, "Dispatched")) == 1


def test_each_shipment_tells_its_own_tracking_number():
	"""magento#24381: the second mail named the first number."""
	make_message_rule("Dispatched")
	order = shipped_order(customer=reachable_customer())
	ship(order, 1, swf_tracking_no="ONE-1")
	ship(order.reload(), 3, swf_tracking_no="TWO-2")
	facts = [frappe.parse_json(it.facts) for it in told(order, "Dispatched")]
	numbers = sorted(str(it) for it in facts)
	assert len(numbers) == 2 and "ONE-1" in numbers[0] + numbers[1] and "TWO-2" in numbers[0] + numbers[1]
	assert not any("ONE-1" in it and "TWO-2" in it for it in numbers)


@pytest.mark.parametrize("days, late", [(-1, True), (0, False), (1, False)])
def test_an_order_that_is_due_today_is_not_late_today(days, late):
	"""printing-press-library#414: late from midnight of its day; erpnext#10748: late before its day."""
	order = shipped_order()
	frappe.db.set_value(
		"Sales Order",
		order.name,
		{"delivery_date": add_days(nowdate(), days), "swf_last_promised_on": add_days(nowdate(), days)},
	)
	assert (lateness(order) == "Late") is late


def test_an_old_order_for_a_later_day_is_not_late():
	"""Dolibarr#34830: late orders were told by the day they were written."""
	order = shipped_order()
	frappe.db.set_value("Sales Order", order.name, "transaction_date", add_days(nowdate(), -90))
	frappe.db.set_value("Sales Order", order.name, "swf_last_promised_on", add_days(nowdate(), 30))
	assert lateness(order) != "Late"


def test_a_day_that_is_moved_and_comes_again_raises_the_delay_again():
	"""pluginsGLPI/order#199: what becomes of the alert when the day is moved, and that day is missed, too."""
	order = shipped_order()

	def promised(days):
		frappe.db.set_value("Sales Order", order.name, "swf_last_promised_on", add_days(nowdate(), days))
		delays.follow_delays()
		return frappe.get_all(
			"Delay Alert", {"sales_order": order.name}, ["state"], order_by="creation", pluck="state"
		)

	assert promised(-2) == ["Open"]
	assert promised(20) == ["Done"]
	assert promised(-1) == ["Done", "Open"]


@pytest.mark.parametrize("end", ["Closed", "Cancelled"])
def test_an_order_that_is_over_is_nobodys_delay(end):
	"""erpnext#3391: stopped orders stayed in the count."""
	order = shipped_order()
	frappe.db.set_value("Sales Order", order.name, "swf_last_promised_on", add_days(nowdate(), -2))
	delays.follow_delays()
	assert frappe.db.count("Delay Alert", {"sales_order": order.name, "state": "Open"}) == 1
	order.reload().cancel() if end == "Cancelled" else order.reload().update_status("Closed")
	delays.follow_delays()
	assert frappe.db.count("Delay Alert", {"sales_order": order.name, "state": "Open"}) == 0


def test_a_late_mail_speaks_the_customers_language():
	"""chameleon-system#720, nopCommerce#1914: what was sent later by a job spoke the shop's language."""
	make_message_rule("Confirmed")
	order = shipped_order(customer=reachable_customer(language="de"))
	assert {it.language for it in told(order, "Confirmed")} == {"de"}


def test_a_second_link_to_an_order_leaves_one_that_counts():
	"""Truxify#4965: every call made another public link, all of which stayed open."""
	order = shipped_order(customer=reachable_customer())
	for _ in range(3):
		api.customer_page_link(order.name)
	still = {"sales_order": order.name, "revoked_on": ["is", "not set"]}
	assert frappe.db.count("Customer Page Link", still) == 1


def test_the_customers_page_names_neither_address_nor_price_nor_mail():
	"""LittleTownBakes#3, CoreShop#2479, juice-shop#878: pages without a login showed addresses and mails."""
	customer = reachable_customer()
	order = shipped_order(customer=customer)
	page = frappe.as_json(customer_page.order_for_customer(order.reload()))
	mail = frappe.db.get_value("Customer", customer, "email_id")
	assert mail not in page and str(int(order.grand_total)) not in page.replace(order.name, "")
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.customer_page_link(order.name)


def test_what_came_back_goes_to_the_address_that_was_corrected_at_the_contact():
	"""magento2#37198, FroshPlatformMailArchive#94: what was sent again went to the address of the order."""
	make_message_rule("Confirmed")
	contact = frappe.get_doc({"doctype": "Contact", "first_name": "Ann", "email_id": "typo@customer.example"})
	contact.db_insert()
	order = shipped_order(customer=reachable_customer())
	at_order = {"contact_person": contact.name, "contact_email": "typo@customer.example"}
	frappe.db.set_value("Sales Order", order.name, at_order)
	((name, _),) = [(it.name, it.state) for it in told(order, "Confirmed")]
	came_back = {"state": "Came Back", "receiver": "typo@customer.example"}
	frappe.db.set_value("Order Message", name, came_back)
	frappe.db.set_value("Contact", contact.name, "email_id", "ann@customer.example")
	assert api.send_again(name) == "ann@customer.example"


def test_goods_that_come_tomorrow_are_still_to_come_whatever_clock_the_database_goes_by():
	"""postnl-magento2#279, Cara#7939: days near midnight were those of another time zone."""
	from sales_wh_flow.delays.store import delayed

	order = shipped_order()
	frappe.db.set_value("Sales Order", order.name, {"swf_lateness": "Late", "swf_stage": "Waiting for Stock"})
	frappe.db.set_value("Sales Order Item", order.items[0].name, "swf_ships_on", add_days(nowdate(), 1))
	frappe.db.sql("set timestamp = unix_timestamp() + 172800")
	try:
		assert str(delayed.delayed_order(order.name).due) == add_days(nowdate(), 1)
	finally:
		frappe.db.sql("set timestamp = default")


@pytest.mark.parametrize(
	("values", "is_told"),
	[
		({}, True),
		({"hide_descendants": 1}, False),
		({"hide_descendants": 1, "applicable_for": "Quotation"}, True),
	],
)
def test_who_may_see_a_group_of_companies_is_told_of_each_of_them(values, is_told):
	order = make_order()
	frappe.db.set_value("Company", order.company, {"lft": 902, "rgt": 903})
	above = {"doctype": "Company", "name": "Holding", "company_name": "Holding", "abbr": "HO", "is_group": 1}
	frappe.get_doc({**above, "lft": 901, "rgt": 904}).db_insert()
	clerk = make_user("Accounts User")
	own = {"doctype": "User Permission", "name": "own", "user": clerk, "allow": "Company"}
	frappe.get_doc({**own, "for_value": "Holding", **values}).db_insert()
	assert (clerk in people.users_of_company("Accounts User", order.name)) is is_told


def test_nobody_is_told_to_wait_for_a_day_that_is_over():
	"""OCA/sale-workflow#1760: papers of a backorder named a day of delivery in the past."""
	order = shipped_order(customer=reachable_customer())
	note = ship(order)
	for doctype, name in (("Sales Order", order.name), ("Sales Order Item", order.items[0].name)):
		frappe.db.set_value(doctype, name, "delivery_date", add_days(nowdate(), -3))
	days = {"swf_last_promised_on": add_days(nowdate(), -3), "swf_forecast_on": None}
	frappe.db.set_value("Sales Order", order.name, days)
	(shown,) = customer_page.order_for_customer(order.reload())["boxes"]
	assert (shown["name"], shown["expected_on"]) == (note.name, "")


def test_a_blank_in_a_tracking_number_breaks_no_link():
	"""spree#4149: the link in the mail ended at the blank."""
	courier = {"doctype": "Courier", "courier_name": "Blank", "tracking_url": "https://c.example/{0}"}
	frappe.get_doc(courier).insert()
	make_message_rule("Dispatched")
	order = shipped_order(customer=reachable_customer())
	ship(order, swf_courier="Blank", swf_tracking_no="11 22&3")
	(told_once,) = told(order, "Dispatched")
	assert "https://c.example/11%2022%263" in frappe.db.get_value("Order Message", told_once.name, "facts")


def test_of_two_orders_each_person_of_a_role_is_told_once_of_each():
	"""frappe#21481, #21115: with several receivers one was told many times, or of another document, too."""
	make_message_rule("Confirmed", audience="Accounts", receiver_role="Accounts User")
	clerks = {make_user("Accounts User"), make_user("Accounts User", "Accounts Manager")}
	for order in (shipped_order(), shipped_order()):
		receivers = [it.receiver for it in told(order, "Confirmed")]
		assert len(receivers) == len(set(receivers)) and clerks <= set(receivers)
