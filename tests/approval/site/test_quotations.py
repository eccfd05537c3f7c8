"""A Quotation is under the rules of the order it becomes: shown, asked about, and remembered at the order."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.selling.doctype.quotation.quotation import make_sales_order

from sales_wh_flow.approval import decide, keep_as_draft, owed, subject
from sales_wh_flow.approval import quotation as flow
from sales_wh_flow.approval.desk import api
from sales_wh_flow.approval.refusals import ApprovalRequired
from tests import factories as make
from tests.approval.site.test_criteria import approval_on, price

__all__ = ["approval_on"]


@pytest.fixture
def gated(approval_on):
	frappe.db.set_single_value("Sales Flow Settings", "approval_of_quotations", "Approve Before Submit")
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")


def quotation(*lines, author=None, to="Customer", party=None, **values):
	rows = [{**line, "warehouse": make.make_warehouse()} for line in (lines or (cheap(),))]
	doc = frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": to,
			"party_name": party or make.make_customer(),
			"company": make.company().name,
			"currency": make.company().currency,
			"valid_till": add_days(nowdate(), 10),
			"items": rows,
			**values,
		}
	)
	with make.acting_as(author or "Administrator"):
		return doc.insert()


def cheap(percent=28, **values):
	return make.line(rate=100 - percent, price_list_rate=100, **values)


def order_from(quote):
	order = make_sales_order(quote.name)
	order.delivery_date = add_days(nowdate(), 7)
	for row in order.items:
		row.delivery_date = order.delivery_date
	return order.insert()


def approver():
	return make.make_user("Sales Manager", "Order Approver")


def approved(quote, user=None):
	user = user or approver()
	for name in flow.ask_for_quotation(quote.name):
		with make.acting_as(user):
			decided(name, "approve", "fine")
	return frappe.get_doc("Quotation", quote.name)


def decided(name, action, comment=None):
	"""The state that an approval has after the session's user decided."""
	verb = decide.grant if action == "approve" else decide.refuse_approval
	return verb(subject.subject_of_approval(name), name, comment).state


def test_a_quotation_shows_what_its_order_would_be_asked_about(approval_on):
	rule = make.make_rule("Discount", 15)
	found = api.quotation_approvals(quotation().name)
	assert [(row["rule"], row["state"]) for row in found["owed"]] == [(rule.name, "Not Asked")]
	assert "28 %" in found["owed"][0]["reason"]
	assert (found["is_gated"], found["may_ask"]) == (False, False)


def test_a_preview_stops_nobody(approval_on):
	make.make_rule("Discount", 15)
	quote = quotation()
	quote.submit()
	assert quote.docstatus == 1


def test_a_quotation_that_owes_an_approval_goes_out_only_with_it(gated):
	rule = make.make_rule("Discount", 15)
	quote = quotation()
	with pytest.raises(ApprovalRequired, match=rule.name):
		quote.submit()
	quote = approved(frappe.get_doc("Quotation", quote.name))
	quote.submit()
	assert quote.docstatus == 1


def test_code_that_skips_validation_sends_out_no_quotation_without_its_approval(gated):
	make.make_rule("Discount", 15)
	quote = quotation()
	quote.flags.ignore_validate = True
	with pytest.raises(ApprovalRequired):
		quote.submit()


def test_a_quotation_that_went_out_does_not_get_worse_without_an_approval(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	quote.reload()
	quote.flags.ignore_validate_update_after_submit = True  # as ERPNext's Update Items does
	quote.save()
	quote.items[0].rate = 10
	quote.calculate_taxes_and_totals()
	with pytest.raises(ApprovalRequired):
		quote.save()


def test_a_quotation_that_a_machine_submits_is_kept_and_asked_about(gated):
	frappe.db.set_single_value("Sales Flow Settings", "approval_of_machines", keep_as_draft.KEEP)
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	rule = make.make_rule("Discount", 15)
	doc = frappe.copy_doc(quotation())
	doc.docstatus = 1
	doc.insert()
	(row,) = frappe.get_doc("Quotation", doc.name).items
	assert (doc.docstatus, row.docstatus, doc.status) == (0, 0, "Draft")
	assert frappe.local.response["pending_approval"] == {"quotation": doc.name, "rules": [rule.name]}
	(name,) = frappe.get_all("Order Approval", {"quotation": doc.name, "state": "Open"}, pluck="name")
	with make.acting_as(approver()):
		assert decided(name, "approve") == "Approved"
	again = frappe.get_doc("Quotation", doc.name).submit()
	assert again.docstatus == 1


def test_the_order_made_from_an_approved_quotation_is_not_asked_about_again(gated):
	rule = make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	assert owed.needs_now(order).covered == {rule.name}
	order.submit()
	assert order.docstatus == 1


def test_an_order_worse_than_its_quotation_is_asked_about(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	order.items[0].rate = 60
	order.save()
	with pytest.raises(ApprovalRequired):
		order.submit()


def test_a_quotation_covers_no_more_than_was_quoted(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation(cheap(qty=10)))
	quote.submit()
	first = order_from(quote)
	second = frappe.copy_doc(first)
	first.submit()
	second.insert()
	with pytest.raises(ApprovalRequired):
		second.submit()


def test_rows_that_name_no_quotation_use_up_what_was_quoted_too(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation(cheap(qty=10)))
	quote.submit()
	for is_first in (True, False):
		order = order_from(quote)
		(row,) = order.items
		row.qty = 1
		order.append("items", {**row.as_dict(), "name": None, "qty": 8, "prevdoc_docname": None, "idx": 2})
		order.save()
		assert bool(owed.needs_now(order).covered) == is_first
		if is_first:
			order.submit()


def test_an_approval_of_somebody_elses_quotation_covers_nothing(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	order.customer = make.make_customer()
	order.save()
	assert owed.needs_now(order).covered == frozenset()


def test_what_an_order_owes_by_another_rule_is_asked_though_its_quotation_was_approved(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	other = make.make_rule("Order Value", 50)
	with pytest.raises(ApprovalRequired, match=other.name):
		order.submit()


def test_a_cancelled_quotation_covers_nothing(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	quote.reload()
	quote.cancel()
	assert owed.needs_now(order).covered == frozenset()


@pytest.mark.parametrize("end", ["expired", "lost"])
def test_a_quotation_that_is_over_covers_nothing(gated, end):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	over = {"valid_till": add_days(nowdate(), -1)} if end == "expired" else {"status": "Lost"}
	frappe.db.set_value("Quotation", quote.name, over)
	with pytest.raises(ApprovalRequired):
		order.submit()


def test_erpnexts_setting_lets_an_expired_quotation_cover_its_order(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.submit()
	order = order_from(quote)
	frappe.db.set_value("Quotation", quote.name, "valid_till", add_days(nowdate(), -1))
	frappe.db.set_single_value("Selling Settings", "allow_sales_order_creation_for_expired_quotation", 1)
	order.submit()
	assert order.docstatus == 1


def test_a_quotation_that_got_worse_needs_its_approval_anew(gated):
	make.make_rule("Discount", 15)
	quote = approved(quotation())
	quote.items[0].rate = 50
	quote.save()
	with pytest.raises(ApprovalRequired):
		quote.submit()


def test_the_author_does_not_approve_and_neither_does_who_made_it_worse(gated):
	make.make_rule("Discount", 15)
	author, changer = make.make_user("Sales User", "Sales Manager", "Order Approver"), approver()
	quote = quotation(author=author)
	with make.acting_as(changer):
		doc = frappe.get_doc("Quotation", quote.name)
		doc.items[0].rate = 10
		doc.save()
	with make.acting_as(make.make_user("Sales Manager")):
		(name,) = flow.ask_for_quotation(quote.name)
	for user in (author, changer):
		with make.acting_as(user), pytest.raises(frappe.PermissionError):
			decided(name, "approve")
	with make.acting_as(approver()):
		assert decided(name, "approve") == "Approved"


def test_a_refusal_needs_a_reason_and_stops_the_quotation(gated):
	make.make_rule("Discount", 15)
	quote = quotation()
	(name,) = flow.ask_for_quotation(quote.name)
	with make.acting_as(approver()):
		with pytest.raises(frappe.ValidationError, match="Say why"):
			decided(name, "refuse", " ")
		assert decided(name, "refuse", "too cheap") == "Rejected"
	assert flow.ask_for_quotation(quote.name) == []
	with pytest.raises(ApprovalRequired, match="refused"):
		frappe.get_doc("Quotation", quote.name).submit()


def test_each_level_agrees_in_its_turn(gated):
	boss = approver()
	make.make_rule(
		"Discount",
		15,
		approvers=[
			{"level": 1, "kind": "Role", "role": "Order Approver"},
			{"level": 2, "kind": "User", "user": boss},
		],
	)
	quote = quotation()
	(name,) = flow.ask_for_quotation(quote.name)
	with make.acting_as(approver()):
		assert decided(name, "approve") == "Open"
	with make.acting_as(boss):
		assert decided(name, "approve") == "Approved"


def lead():
	return frappe.get_doc({"doctype": "Lead", "first_name": make.unique("Lead")}).insert().name


def test_a_lead_is_measured_by_the_price_list_and_as_somebody_new(gated):
	item = make.make_item()
	price(item, 200)
	discount = make.make_rule("Discount", 15)
	new = make.make_rule("New or Dormant Customer", 1, measure="Earlier Orders")
	credit = make.make_rule("Credit Exposure", 100)
	make.make_rule("Special Terms")
	quote = quotation(make.line(item, rate=100, price_list_rate=100), to="Lead", party=lead())
	found = {row["rule"]: row["reason"] for row in api.quotation_approvals(quote.name)["owed"]}
	assert set(found) == {discount.name, new.name}
	assert "50 %" in found[discount.name]
	assert credit.name not in found


def test_a_lead_who_became_a_customer_is_measured_as_that_customer(gated):
	party = lead()
	customer = make.make_customer(lead_name=party)
	order = flow.quotations.as_order(quotation(to="Lead", party=party))
	assert order.customer == customer


def test_an_alternative_row_is_no_part_of_it(approval_on):
	make.make_rule("Discount", 15)
	rows = (cheap(0), cheap(90, is_alternative=1))
	assert api.quotation_approvals(quotation(*rows).name)["owed"] == []


def test_who_may_not_read_the_quotation_learns_nothing_of_it(gated):
	make.make_rule("Discount", 15)
	quote = quotation()
	(name,) = flow.ask_for_quotation(quote.name)
	with make.acting_as(make.make_user("Stock User", "Order Approver")):
		for call in (
			lambda: api.quotation_approvals(quote.name),
			lambda: api.ask_about_quotation(quote.name),
			lambda: api.decide_about_quotation(name, "approve"),
		):
			with pytest.raises(frappe.PermissionError):
				call()


def test_who_may_only_read_asks_nobody(gated):
	make.make_rule("Discount", 15)
	quote, reader = quotation(), make.make_user("Stock User")
	frappe.share.add("Quotation", quote.name, reader, read=1)
	with make.acting_as(reader):
		assert api.quotation_approvals(quote.name)["may_ask"] is False
		with pytest.raises(frappe.PermissionError):
			api.ask_about_quotation(quote.name)


def test_a_deleted_quotation_leaves_its_approvals_on_record(gated):
	make.make_rule("Discount", 15)
	quote = quotation()
	(name,) = flow.ask_for_quotation(quote.name)
	frappe.delete_doc("Quotation", quote.name)
	found = frappe.db.get_value("Order Approval", name, ["state", "deleted_order", "quotation"])
	assert found == ("Superseded", quote.name, None)


def test_a_quotation_costs_nothing_more_to_save_while_nobody_was_asked(approval_on, switches):
	def statements():
		doc = frappe.get_doc("Quotation", quote.name)
		doc.save()
		doc.reload()
		with make.counted_statements() as seen:
			doc.save()
		return len(seen)

	make.make_rule("Discount", 15)
	quote = quotation()
	on = statements()
	switches(approval=False)
	assert on == statements()


def test_whoever_may_not_read_quotations_is_not_asked_about_one(gated):
	reader_of_orders, reader = make.make_user("Accounts User", "Order Approver"), approver()
	make.make_rule("Discount", 15)
	quote = quotation()
	flow.ask_for_quotation(quote.name)
	(row,) = api.quotation_approvals(quote.name)["owed"]
	names = [frappe.utils.get_fullname(user) for user in (reader, reader_of_orders)]
	assert names[0] in row["who_can_decide"] and names[1] not in row["who_can_decide"]
