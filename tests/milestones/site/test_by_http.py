"""Messages, money and the customer's page through a real web server: who gets what, and who is refused."""

import json
from types import SimpleNamespace

import pytest

import frappe
from frappe.utils.password import update_password

from sales_wh_flow.milestones import page_looks
from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, REFUSED, Person, address
from tests.billing.billing_world import invoice_of, make_billing_policy, ship, shipped_order
from tests.milestones.messages_world import make_message_rule, messages, reachable_customer
from tests.site import set_switches

__all__ = ["address"]

MILESTONES, BILLING = "sales_wh_flow.milestones.api", "sales_wh_flow.billing.api"
READS = {
	f"{MILESTONES}.messages_of_order": lambda it: {"sales_order": it.order},
	f"{MILESTONES}.preview_messages": lambda it: {"sales_order": it.order, "milestone": "Ready"},
	f"{BILLING}.money_of": lambda it: {"sales_order": it.order},
}
WRITES = {
	f"{MILESTONES}.send_again": lambda it: {"message": it.message},
	f"{MILESTONES}.customer_page_link": lambda it: {"sales_order": it.order},
	f"{MILESTONES}.withdraw_customer_page_links": lambda it: {"sales_order": it.order},
	f"{BILLING}.draft_invoice": lambda it: {"sales_order": it.order},
}
RECORDS = ("Order Message", "Order Money", "Customer Page Link", "Payment Promise")
ROLES = {
	"stranger": ("HR User",),
	"sales": ("Sales User",),
	"stock": ("Stock User",),
	"accounts": ("Accounts User",),
}
MAY_READ = {"sales", "stock", "accounts"}
MAY_WRITE = {
	"send_again": {"sales"},
	"customer_page_link": {"sales"},
	"withdraw_customer_page_links": {"sales"},
	"draft_invoice": {"accounts"},
}


def portal_user(customer: str) -> str:
	"""The customer's contact, who logs in to the website."""
	name = make.make_user()
	user = frappe.get_doc("User", name)
	user.user_type = "Website User"
	user.append("roles", {"role": "Customer"})
	user.save()
	doc = frappe.get_doc("Customer", customer)
	doc.append("portal_users", {"user": name})
	doc.save()
	return name


@pytest.fixture(scope="module")
def world(site):
	"""Two customers' orders, one of which has left with a note and is invoiced; committed."""
	frappe.set_user("Administrator")
	set_switches(stock_lock=True, messages="On", billing="On", customer_page="1")
	rule, policy = make_message_rule("Confirmed"), make_billing_policy("On Order", draft_by_itself=0)
	customer, other = reachable_customer(), make.make_customer()
	order = shipped_order(customer=customer, po_no="PO-77")
	note = ship(order, 2)
	invoice = invoice_of(order, 1)
	foreign = shipped_order(customer=other)
	names = {who: make.make_user(*roles) for who, roles in ROLES.items()}
	names["customer"], names["other customer"] = portal_user(customer), portal_user(other)
	for name in names.values():
		update_password(name, PASSWORD)
	(failed,) = messages(foreign.name)
	frappe.db.commit()
	yield SimpleNamespace(
		order=order.name,
		note=note.name,
		invoice=invoice.name,
		customer=customer,
		warehouse=order.items[0].warehouse,
		foreign=foreign.name,
		message=failed.name,
		names=names,
	)
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for doc in (rule, policy):
		frappe.delete_doc(doc.doctype, doc.name, force=True)
	set_switches()
	frappe.db.set_single_value("Sales Flow Settings", "customer_page", 0)
	frappe.db.commit()


@pytest.fixture(autouse=True)
def many_may_look():
	"""Every test begins with a fresh count of looks."""
	yield
	frappe.cache.delete_keys("rl:")


@pytest.fixture
def few_looks(monkeypatch):
	"""Five in ten minutes, for the web server of this process too."""
	monkeypatch.setattr(page_looks, "MOST_LOOKS", 5)


@pytest.fixture
def person(address, world):
	known = {}

	def log_in(who=None):
		if who not in known:
			known[who] = Person(address, who and world.names[who])
		return known[who]

	return log_in


def called(method):
	return method.rpartition(".")[2]


@pytest.mark.parametrize("who", [None, *ROLES, "customer"])
def test_reading_follows_the_right_to_the_order(person, world, who):
	for method, values in READS.items():
		status, text = person(who).call(method, values(world), verb="GET")
		if who in MAY_READ:
			assert status == 200, (who, method, text[:300])
		else:
			assert status in REFUSED and world.customer not in text, (who, method, status)


@pytest.mark.parametrize("who", [None, *ROLES, "customer"])
def test_writing_takes_its_own_right(person, world, who):
	for method, values in WRITES.items():
		status, text = person(who).call(method, values(world))
		if who in MAY_WRITE[called(method)]:
			assert status in (200, 417), (who, method, text[:300])
		else:
			assert status in REFUSED, (who, method, status, text[:300])


def test_nothing_is_written_by_get_or_without_the_sessions_token(person, world):
	for method, values in WRITES.items():
		assert person("sales").call(method, values(world), verb="GET")[0] == 403, method
		status, text = person("sales").call(method, values(world), token="0" * 56)
		assert (status, "CSRFTokenError" in text) == (400, True), method


@pytest.mark.parametrize("who", ["stranger", "customer"])
def test_records_are_out_of_reach_of_strangers(person, world, who):
	for doctype in RECORDS:
		status, text = person(who).ask(f"/api/resource/{doctype.replace(' ', '%20')}")
		assert status in REFUSED and world.order not in text, (doctype, status)


def test_nobody_writes_messages_money_or_links_by_the_resource_api(person, world):
	for doctype in ("Order Message", "Order Money", "Customer Page Link"):
		path = f"/api/resource/{doctype.replace(' ', '%20')}"
		somebody = person("sales")
		status, _text = somebody.ask(path, {"sales_order": world.order}, "POST", somebody.token)
		assert status in (*REFUSED, 417), doctype


def link(person, world) -> str:
	status, text = person("sales").call(f"{MILESTONES}.customer_page_link", {"sales_order": world.order})
	assert status == 200, text[:300]
	address = json.loads(text)["message"]
	return address[address.index("/order_tracking") :]


def test_the_signed_link_shows_what_the_customer_may_know_and_nothing_else(person, world):
	status, text = person().ask(link(person, world))
	assert status == 200, text[:500]
	assert world.order in text and "PO-77" in text and world.note in text
	inside = (world.warehouse, "100.00", "400.00", "Locked", world.foreign, world.invoice, "download_pdf")
	assert [it for it in inside if it in text] == []


def test_a_forged_a_cut_and_a_withdrawn_link_show_nothing(person, world):
	path = link(person, world)
	forged = (f"{path}x", path[:-3], "/order_tracking?token=a.b", "/order_tracking?token=")
	for wrong in forged:
		_status, text = person().ask(wrong)
		assert world.order not in text, wrong
	assert (
		person("sales").call(f"{MILESTONES}.withdraw_customer_page_links", {"sales_order": world.order})[0]
		== 200
	)
	status, text = person().ask(path)
	assert status == 403 and world.order not in text and "does not work any more" in text


def test_a_logged_in_customer_sees_the_own_orders_and_downloads_their_papers(person, world):
	status, text = person("customer").ask("/order_tracking")
	assert status == 200 and world.order in text and world.foreign not in text
	_status, text = person("customer").ask("/order_tracking", {"order": world.order})
	assert world.note in text and world.invoice in text and "download_pdf" in text
	_status, text = person("customer").ask("/order_tracking", {"order": world.foreign})
	assert world.foreign not in text.replace(f"order={world.foreign}", "")


def test_a_customer_prints_the_own_papers_and_nobody_elses(person, world):
	for doctype, name in (("Delivery Note", world.note), ("Sales Invoice", world.invoice)):
		paper = {"doctype": doctype, "name": name}
		status, text = person("customer").ask("/printview", paper)
		assert (status, name in text) == (200, True), (doctype, status)
		for who in ("other customer", None):
			status, text = person(who).ask("/printview", paper)
			assert status in (*REFUSED, 404) and world.customer not in text, (who, doctype, status)


def test_another_customer_downloads_none_of_the_papers(person, world):
	for who in ("other customer", None):
		for doctype, name in (("Delivery Note", world.note), ("Sales Invoice", world.invoice)):
			path = "/api/method/frappe.utils.print_format.download_pdf"
			status, _text = person(who).ask(path, {"doctype": doctype, "name": name})
			assert status in (*REFUSED, 404), (who, doctype, status)


def test_who_is_not_logged_in_and_has_no_link_is_asked_to_log_in(person, world):
	_status, text = person().ask("/order_tracking", {"order": world.order})
	assert world.order not in text.replace(f"order={world.order}", "").replace(f"order%3D{world.order}", "")


def test_nobody_looks_too_often_and_nobody_is_counted_for_others(person, world, few_looks):
	"""A made-up address is no way round, and who shares an address or proxy is not held up."""
	frappe.cache.delete_keys("rl:")
	path, answers = link(person, world), []
	other = json.loads(
		person("sales").call(f"{MILESTONES}.customer_page_link", {"sales_order": world.foreign})[1]
	)["message"]
	for _look in range(11):  # a window of the count may end and begin anew in the middle
		status, text = person().ask(f"{path}&page={_look}", X_Forwarded_For=f"192.0.2.{_look}, 198.51.100.7")
		answers.append((status, world.order in text))
		if status == 429:
			break
	assert answers[0] == (200, True)
	assert answers[-1] == (429, False)
	status, text = person().ask(other[other.index("/order_tracking") :], X_Forwarded_For="198.51.100.7")
	assert (status, world.foreign in text) == (200, True)
	status, text = person("customer").ask("/order_tracking", {"order": world.order})
	assert (status, world.order in text) == (200, True)


def test_who_tries_links_is_stopped_by_the_address_that_the_proxy_saw(person, world, few_looks):
	frappe.cache.delete_keys("rl:")
	path, statuses = link(person, world), []
	for turn in range(11):
		status, _text = person().ask(f"{path[:-4]}{turn:04}", X_Forwarded_For=f"10.0.0.{turn}, 203.0.113.9")
		statuses.append(status)
		if status == 429:
			break
	assert (statuses[0], statuses[-1]) == (403, 429)
	assert person().ask(f"{path[:-4]}beef", X_Forwarded_For="203.0.113.10")[0] == 403
	assert person().ask(path, X_Forwarded_For="203.0.113.9")[0] == 200


def test_switched_off_there_is_no_page(person, world):
	path = link(person, world)
	frappe.db.set_single_value("Sales Flow Settings", "customer_page", 0)
	frappe.db.commit()
	try:
		status, text = person().ask(path)
	finally:
		frappe.db.set_single_value("Sales Flow Settings", "customer_page", 1)
		frappe.db.commit()
	assert status == 404 and world.order not in text
