"""Records are renamed and merged: what was asked, approved and refused stands unless it got worse."""

import pytest

import frappe

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.approval.store import names
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	history,
	request,
	user,
)


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def boss():
	return approver("Order Approver")


def rename(doctype, old, new=None, merge=False):
	new = new or make.unique("Renamed")
	frappe.rename_doc(doctype, old, new, merge=merge, force=True, rebuild_search=False)
	return new


def named_by(doctype, order):
	"""The record of this DocType that the order, or its first row, names."""
	return {
		"Customer": order.customer,
		"Item": order.items[0].item_code,
		"Customer Group": frappe.db.get_value("Customer", order.customer, "customer_group"),
		"Item Group": order.items[0].item_group,
		"Territory": frappe.db.get_value("Customer", order.customer, "territory"),
		"Warehouse": order.items[0].warehouse,
		"Address": order.customer_address,
		"Terms and Conditions": order.tc_name,
	}[doctype]


KINDS = [
	*("Customer", "Item", "Customer Group", "Item Group"),
	*("Territory", "Warehouse", "Address", "Terms and Conditions"),
]


def new_address(customer) -> str:
	values = {"address_title": make.unique("Address"), "address_line1": "1 Street", "city": "Town"}
	links = [{"link_doctype": "Customer", "link_name": customer}]
	doc = {"doctype": "Address", "country": "United States", "links": links, **values}
	return frappe.get_doc(doc).insert().name


def everything_named(has_address=False):
	"""A draft at 20 % below list that names a new record of each kind."""
	group, territory = make.make_customer_group(), make.make_territory()
	customer = make.make_customer(group=group, territory=territory)
	address = new_address(customer) if has_address else None
	terms = frappe.get_doc(
		{"doctype": "Terms and Conditions", "title": make.unique("Terms"), "terms": "Ours"}
	).insert()
	group_of_items = {"item_group_name": make.unique("Items"), "parent_item_group": "All Item Groups"}
	item_group = frappe.get_doc({"doctype": "Item Group", **group_of_items}).insert().name
	item = make.make_item(item_group=item_group)
	row = make.line(item, rate=80, warehouse=make.make_warehouse())
	return make.make_order(row, customer=customer, customer_address=address, tc_name=terms.name, terms="Ours")


def measured_by(order):
	"""One rule for each way in which an approval keeps what it was given for."""
	scope = {"customer_group": named_by("Customer Group", order), "item_group": order.items[0].item_group}
	return [
		make.make_rule(threshold=10, **scope),
		make.make_rule(
			threshold=10, territory=named_by("Territory", order), warehouse=order.items[0].warehouse
		),
		make.make_rule("Price Below Price List", 0, measure="Amount Below", customer=order.customer),
		make.make_rule(CREDIT_EXPOSURE, 1, measure="Exposure"),
		make.make_rule("Special Terms", 0),
		make.make_rule("Own Condition", condition="total > 1"),
	]


def states(order):
	return dict(
		frappe.get_all("Order Approval", {"sales_order": order.name}, ["rule", "state"], as_list=True)
	)


def approved(order, boss):
	for name in gate.ask(order.name):
		if request(name).state == "Open" and request(name).deciders[0].role:
			grant(boss, order, name)
	return order


@pytest.mark.parametrize("doctype", KINDS)
def test_after_a_rename_what_was_approved_is_approved(doctype, boss):
	order = everything_named(doctype == "Address")
	measured_by(order)
	make.make_rule(threshold=15, approvers=[user(approver())])
	approved(order, boss)
	before = states(order)
	assert set(before.values()) == {"Approved", "Open"}
	rename(doctype, named_by(doctype, order))
	doc = frappe.get_doc("Sales Order", order.name)
	doc.save()
	assert states(order) == before
	assert gate.ask(order.name) == []
	waiting = frappe.get_value("Order Approval", {"sales_order": order.name, "state": "Open"})
	grant(request(waiting).deciders[0].user, order, waiting)
	assert docstatus(order) == 1


@pytest.mark.parametrize("doctype", ["Customer", "Item", "Customer Group", "Warehouse", "Address"])
def test_after_a_merge_into_its_like_what_was_approved_is_approved(doctype, boss):
	order, other = everything_named(doctype == "Address"), everything_named()
	if doctype == "Address":
		other.customer_address = new_address(order.customer)
	measured_by(order)
	make.make_rule(threshold=15, approvers=[user(approver())])
	approved(order, boss)
	before = states(order)
	rename(doctype, named_by(doctype, order), named_by(doctype, other), merge=True)
	frappe.get_doc("Sales Order", order.name).save()
	assert states(order) == before
	assert gate.ask(order.name) == []


@pytest.mark.parametrize("doctype", ["Customer", "Item", "Address"])
def test_a_submitted_order_is_not_held_by_a_rename(doctype, boss):
	order = everything_named(doctype == "Address")
	measured_by(order)
	approved(order, boss)
	assert docstatus(order) == 1
	rename(doctype, named_by(doctype, order))
	doc = frappe.get_doc("Sales Order", order.name)
	doc.update_status("Closed")
	doc.reload().update_status("Draft")
	doc.reload().save()
	assert set(states(order).values()) == {"Approved"}


@pytest.mark.parametrize("doctype", ["Customer", "Item"])
def test_a_refusal_stands_after_a_rename_and_is_known_again(doctype, boss):
	order = everything_named()
	make.make_rule(threshold=10)
	(name,) = gate.ask(order.name)
	with make.acting_as(boss):
		decide.refuse_approval(order.name, name, "too cheap")
	rename(doctype, named_by(doctype, order))
	with pytest.raises(frappe.ValidationError, match="too cheap"):
		gate.ask(order.name)
	same = frappe.copy_doc(frappe.get_doc("Sales Order", order.name)).insert()
	(again,) = gate.ask(same.name)
	assert "too cheap" in request(again).reason


def test_a_merge_into_a_customer_who_owes_more_asks_again(boss):
	rule = make.make_rule(CREDIT_EXPOSURE, 100, measure="Percent of Limit")
	poor = make.make_customer(credit_limit=1000)
	row = make.line(qty=12)
	order = approved(make.make_order(row, customer=make.make_customer(credit_limit=1000)), boss)
	rule.db_set("enabled", 0)
	make.make_order(make.line(qty=9), customer=poor, submit=True)
	rule.db_set("enabled", 1)
	rename("Customer", order.customer, poor, merge=True)
	assert sorted(frappe.get_all("Order Approval", {"sales_order": order.name}, pluck="state")) == [
		"Open",
		"Superseded",
	]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Pending Approval"


def test_a_merge_into_a_customer_with_a_larger_limit_asks_nothing(boss):
	make.make_rule(CREDIT_EXPOSURE, 100, measure="Percent of Limit")
	order = approved(make.make_order(make.line(qty=12), customer=make.make_customer(credit_limit=1000)), boss)
	rename("Customer", order.customer, make.make_customer(credit_limit=100000), merge=True)
	assert set(states(order).values()) == {"Approved"}


def test_a_merge_into_a_dearer_item_asks_about_the_margin_again(boss):
	make.make_rule("Margin", 50, comparison="less than")
	make.make_rule(threshold=10)
	order = approved(
		make.make_order(
			make.line(make.make_item(valuation_rate=60), rate=80, warehouse=make.make_warehouse())
		),
		boss,
	)
	rename("Item", order.items[0].item_code, make.make_item(valuation_rate=79), merge=True)
	found = frappe.get_all(
		"Order Approval", {"sales_order": order.name}, ["criterion", "state"], as_list=True
	)
	assert sorted(found) == [("Discount", "Approved"), ("Margin", "Open"), ("Margin", "Superseded")]


def new_mail():
	return f"{frappe.generate_hash(length=8)}@example.com"


@pytest.mark.parametrize("field", ["company", "customer", "currency"])
def test_who_an_approval_is_for_is_known_under_a_name_with_the_sign_between_its_parts(field):
	order = everything_named()
	make.make_rule(threshold=10)
	(approval,) = gate.ask(order.name)
	who = {"company": order.company, "customer": order.customer, "currency": order.currency}
	for new in ("Nuts | Bolts", "Nuts"):
		if field == "currency":
			new = new[:3].upper()  # no currency has that sign
		else:  # as Frappe has renamed it by then
			frappe.db.set_value("Order Approval", approval, field, new)
		names.rename_identities(frappe.unscrub(field), who[field], new)
		who[field] = new
		assert request(approval).identity == "|".join(who.values())


def test_an_approver_who_is_renamed_decides_what_asked_her_before():
	boss = approver()
	order, approval = asked(user(boss))
	new = rename("User", boss, new_mail())
	grant(new, order, approval)
	assert docstatus(order) == 1


def test_votes_given_under_the_old_name_count():
	first, second = approver(), approver()
	order, approval = asked(user(first), user(second, 2))
	grant(first, order, approval)
	new = rename("User", first, new_mail())
	assert (1, "Approved", new) in history(approval)
	grant(second, order, approval)
	assert docstatus(order) == 1


@pytest.mark.parametrize("merge", [False, True])
def test_whoever_made_it_worse_decides_it_under_no_other_name(merge):
	clerk, other = make.make_user("Sales User", "Sales Manager", "Order Approver"), approver("Order Approver")
	order, _approval = asked({"level": 1, "kind": "Role", "role": "Order Approver"})
	with make.acting_as(clerk):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].rate = 40
		doc.save()
	new = rename("User", clerk, approver("Order Approver", "Sales Manager") if merge else new_mail(), merge)
	(waiting,) = frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"}, pluck="name")
	with pytest.raises(frappe.PermissionError):
		grant(new, order, waiting)
	grant(other, order, waiting)
	assert docstatus(order) == 1


def test_the_author_decides_it_under_no_other_name():
	order, approval = asked({"level": 1, "kind": "Role", "role": "Order Approver"}, order=None)
	frappe.get_doc("User", order.owner).add_roles("Order Approver", "Accounts User")
	new = rename("User", order.owner, new_mail())
	approver("Order Approver")
	with pytest.raises(frappe.PermissionError):
		grant(new, order, approval)


def test_a_renamed_rule_keeps_what_was_approved_by_it(boss):
	order = everything_named()
	rule = make.make_rule(threshold=10)
	approved(order, boss)
	new = rename("Order Approval Rule", rule.name)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.save()
	assert states(order) == {new: "Approved"}


@pytest.mark.parametrize("name", ["run_doc_method", "frappe.handler.run_doc_method", "runserverobj"])
def test_no_reader_renames_past_the_checks(name, monkeypatch):
	monkeypatch.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
	run = frappe.get_attr(frappe.get_hooks("override_whitelisted_methods")[name][-1])
	item = make.make_item()

	with (
		make.acting_as(make.make_user("Sales User")),
		pytest.raises(frappe.ValidationError, match="permission"),
	):
		run("rename", dt="Item", dn=item, args={"name": "Mine", "validate_rename": 0})

	assert frappe.db.exists("Item", item)
