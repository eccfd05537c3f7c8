"""Approvals follow the order: what changes it, what it is judged by, how it ends."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.approval.rules.measure import PERCENT
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.base.said import worded
from tests import factories as make
from tests.approval.approval_world import LIST_PRICE, discounted, flow_status, is_submitted, states


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	"""Approval on, no rule of the site in the way."""
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


@pytest.fixture
def ask_each_time(switches):
	"""One person's approval does not count for a second rule."""
	switches(approval=True, approval_ask_once="0")


# Changes


def test_a_change_withdraws_what_was_asked_and_asks_again(approver):
	rule = make.make_rule()
	order = discounted(20)
	with make.acting_as(make.make_user("Sales User")) as asker:
		gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 50
	changed.save()
	assert states(order) == [(rule.name, "Superseded"), (rule.name, "Open")]
	latest = frappe.get_last_doc("Order Approval", {"sales_order": order.name, "state": "Open"})
	assert latest.requested_by == asker
	assert "50 %" in worded(latest.reason)
	assert flow_status(order) == "Pending Approval"


def timeline(order):
	filters = {"reference_name": order.name, "comment_type": "Info"}
	return [
		worded(it)
		for it in frappe.get_all("Comment", filters, pluck="content", order_by="creation asc, name asc")
	]


def test_the_timeline_says_which_approval_a_change_took_back_and_why():
	rule = make.make_rule()
	order = discounted(20)
	gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 50
	changed.save()
	(line,) = [text for text in timeline(order) if text.startswith("took back")]
	assert f"'{rule.name}' (Open; " in line
	assert f"{order.items[0].item_code}: 50 % instead of 20 %" in line
	changed.items[0].rate = LIST_PRICE
	changed.save()
	assert [text for text in timeline(order) if text.endswith("the order does not need it any more")]


def test_the_timeline_names_another_customer_as_the_reason():
	make.make_rule()
	order = discounted(20)
	gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.customer = changed.customer_name = make.make_customer()
	changed.save()
	(line,) = [text for text in timeline(order) if text.startswith("took back")]
	assert line.endswith("customer, company or currency changed")


def test_a_change_that_owes_nothing_more_ends_the_waiting():
	rule = make.make_rule()
	order = discounted(20)
	gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = LIST_PRICE
	changed.save()
	assert states(order) == [(rule.name, "Superseded")]
	assert flow_status(order) == "Draft"
	changed.submit()


def test_a_change_takes_a_granted_approval_back(approver, ask_each_time):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].qty = 5
	changed.save()
	assert [state for _rule, state in states(order)] == ["Superseded", "Superseded", "Open", "Open"]


def test_a_change_nobody_has_to_look_at_keeps_the_approvals():
	make.make_rule()
	order = discounted()
	gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.po_no = "PO-7"
	changed.items[0].warehouse = make.make_warehouse()
	changed.save()
	assert [state for _rule, state in states(order)] == ["Open"]


def test_an_order_may_go_when_the_reason_is_gone(approver):
	rule = make.make_rule()
	order = discounted()
	gate.ask(order.name)
	rule.enabled = 0
	rule.save()
	frappe.get_doc("Sales Order", order.name).submit()
	assert states(order) == [(rule.name, "Superseded")]


# Facts


def test_an_order_in_a_foreign_currency_is_judged_in_the_companys(approver):
	rule = make.make_rule(CREDIT_EXPOSURE, 100)
	home = make.company().currency
	foreign = "EUR" if home != "EUR" else "USD"
	customer = make.make_customer(credit_limit=150)
	frappe.db.delete("Currency Exchange", {"from_currency": foreign})
	known = {"doctype": "Currency Exchange", "from_currency": foreign, "to_currency": home, "date": nowdate()}
	frappe.get_doc({**known, "exchange_rate": 2, "for_selling": 1, "for_buying": 1}).insert()
	values = {"customer": customer, "currency": foreign, "conversion_rate": 2.0, "plc_conversion_rate": 2.0}
	fits = make.make_order(make.line(rate=70), **values)
	assert gate.ask(fits.name) == []
	exceeds = make.make_order(make.line(rate=80), **values)
	names = gate.ask(exceeds.name)
	row = frappe.db.get_value(
		"Order Approval", names[0], ["rule", "measured", "unit", "fingerprint"], as_dict=True
	)
	assert (row.rule, row.measured, row.unit) == (rule.name, 160, home)
	again = frappe.get_doc("Sales Order", exceeds.name)
	again.save()
	assert states(exceeds) == [(rule.name, "Open")]
	with make.acting_as(approver):
		assert decide.grant(exceeds.name, names[0]).is_submitted


@pytest.mark.parametrize("customer", [{}, {"credit_limit": 0}])
def test_a_customer_without_a_limit_never_waits_for_credit(customer):
	make.make_rule(CREDIT_EXPOSURE, 0)
	order = make.make_order(customer=make.make_customer(**customer))
	order.submit()
	assert is_submitted(order)


def test_the_limit_of_the_customers_group_counts():
	make.make_rule(CREDIT_EXPOSURE, 100)
	limits = [{"company": make.company().name, "credit_limit": 50}]
	group = make.make_customer_group(credit_limits=limits)
	order = make.make_order(customer=make.make_customer(group=group))
	with pytest.raises(ApprovalRequired):
		order.submit()


def test_a_rule_of_a_parent_group_speaks_of_its_children_only():
	parent = make.make_customer_group(is_group=1)
	child = make.make_customer_group(parent)
	make.make_rule(customer_group=parent)
	discounted(customer=make.make_customer()).submit()
	with pytest.raises(ApprovalRequired):
		discounted(customer=make.make_customer(group=child)).submit()


def test_a_rule_of_another_company_says_nothing():
	other = frappe.get_doc({"doctype": "Company", "company_name": make.unique("Other")})
	rule = make.make_rule()
	rule.db_set("company", other.company_name)
	discounted().submit()


def test_a_discount_in_a_line_with_another_uom_is_measured_per_stock_unit():
	item = make.make_item(
		uoms=[{"uom": "Nos", "conversion_factor": 1}, {"uom": "Box", "conversion_factor": 12}]
	)
	make.make_rule(threshold=10)
	row = make.line(item, uom="Box", conversion_factor=12, rate=1080, price_list_rate=1200)
	make.make_order(row, submit=True)
	row["rate"] = 1068
	with pytest.raises(ApprovalRequired, match="11 %"):
		make.make_order(row, submit=True)


# Ends


def test_cancelling_takes_open_approvals_back_and_is_not_blocked(approver):
	rule = make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
	frappe.db.set_value("Order Approval", names[0], "state", "Open")
	frappe.get_doc("Sales Order", order.name).cancel()
	assert states(order) == [(rule.name, "Superseded")]


@pytest.mark.parametrize("is_on", [True, False])
def test_a_draft_with_approvals_can_be_deleted(switches, is_on):
	make.make_rule()
	order = discounted()
	gate.ask(order.name)
	switches(approval=is_on)
	frappe.delete_doc("Sales Order", order.name)
	assert states(order) == []


def test_an_amended_order_asks_for_itself(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
	order = frappe.get_doc("Sales Order", order.name)
	order.cancel()
	amended = frappe.copy_doc(order)
	amended.update({"amended_from": order.name, "docstatus": 0})
	amended.insert()
	assert states(amended) == []
	with pytest.raises(ApprovalRequired):
		amended.submit()


def test_an_approval_cant_be_deleted_by_hand():
	make.make_rule()
	names = gate.ask(discounted().name)
	with pytest.raises(frappe.PermissionError, match="can't be deleted"):
		frappe.get_doc("Order Approval", names[0]).delete()


def test_a_rule_in_use_cant_be_deleted():
	rule = make.make_rule()
	gate.ask(discounted().name)
	with pytest.raises(frappe.LinkExistsError):
		rule.delete()


# Rules


@pytest.mark.parametrize(
	("values", "problem"),
	[
		({"threshold": -1}, "negative"),
		({"threshold": 101}, "more than 100"),
		({"approver_role": "All"}, "Everybody"),
		({"approver_role": "No Such Role"}, "No Such Role"),
	],
)
def test_a_rule_that_cant_work_is_refused(values, problem):
	with pytest.raises(frappe.ValidationError, match=problem):
		make.make_rule(**values)


def test_a_rule_says_in_one_sentence_what_it_does():
	group = make.make_customer_group()
	rule = make.make_rule(CREDIT_EXPOSURE, 110, customer_group=group)
	assert rule.explanation == (
		f"Orders from customers in {group} whose credit exposure is more than 110 % of the credit limit "
		"wait for someone with the role Order Approver. Authors can't approve their own order."
	)


def test_a_rule_warns_when_nobody_can_approve():
	role = frappe.get_doc({"doctype": "Role", "role_name": make.unique("Role")}).insert()
	make.make_rule(approver_role=role.name)
	assert "go to the role" in frappe.as_json(frappe.local.message_log)


# Cost


def _statements_of_saving(order):
	doc = frappe.get_doc("Sales Order", order.name)
	doc.save()
	doc.reload()
	for row in (doc, *doc.items):
		row.delivery_date = add_days(row.delivery_date, 1)
	with make.counted_statements() as statements:
		doc.save()
	return len(statements)


def _rules_of_every_measure():
	"""None of them asks: what a save reads for them is the same."""
	for criterion, found in criteria.MEASURES.items():
		for measure in found:
			if criterion != criteria.DISCOUNT:
				make.make_rule(
					criterion,
					_NEVER.get(criterion, 100 if measure.unit_of_threshold == PERCENT else 10**8),
					measure=measure.name,
					condition="total < 0" if criterion == criteria.OWN_CONDITION else "",
					count_pending=1,
				)


_NEVER = {criteria.MARGIN: -100, criteria.DELIVERY_DATE: 0}


@pytest.mark.parametrize(("asked", "most"), [(False, 2), (True, 12)])
def test_saving_a_draft_costs_few_statements_more_however_many_rows_and_rules(switches, asked, most):
	make.make_rule(threshold=10)
	make.make_rule(CREDIT_EXPOSURE, 100)
	_rules_of_every_measure()
	customer = make.make_customer(credit_limit=50)
	short = make.make_order(make.line(rate=80), customer=customer)
	long = make.make_order(*[make.line(rate=80) for _ in range(8)], customer=customer)
	if asked:
		gate.ask(short.name)
		gate.ask(long.name)
	cost = []
	for order, more_rules in ((short, 0), (long, 6)):
		for _ in range(more_rules):
			make.make_rule(threshold=99)
		switches(approval=True)
		on = _statements_of_saving(order)
		switches(approval=False)
		cost.append(on - _statements_of_saving(order))
	assert cost[0] == cost[1] <= most
