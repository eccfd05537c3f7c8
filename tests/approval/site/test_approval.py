"""Which orders wait for whom, what lets them through, and what a change does to it."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.approval import decide, gate, tell
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.base import notify
from sales_wh_flow.base.said import worded
from tests import factories as make

LIST_PRICE = make.PRICE


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


def discounted(percent=20, **values):
	"""A draft of one line sold ``percent`` below list price."""
	return make.make_order(make.line(rate=LIST_PRICE * (1 - percent / 100)), **values)


def over_limit(limit=150, outstanding=100, order=100, **values):
	"""A draft that brings its customer above the limit."""
	customer = make.make_customer(credit_limit=limit)
	if outstanding:
		make.make_order(make.line(rate=outstanding), customer=customer, submit=True)
	return make.make_order(make.line(rate=order), customer=customer, **values)


def states(order):
	rows = frappe.get_all(
		"Order Approval",
		{"sales_order": order.name},
		["rule", "state"],
		order_by="name",
		ignore_permissions=True,
	)
	return [(row.rule, row.state) for row in rows]


def flow_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def is_submitted(order):
	return frappe.db.get_value("Sales Order", order.name, "docstatus") == 1


# Asking


def test_an_order_that_hits_no_rule_owes_nothing():
	make.make_rule(threshold=30)
	order = discounted(20)
	assert gate.ask(order.name) == []
	assert states(order) == []
	order.submit()


def test_every_hit_is_asked_at_once_with_its_numbers():
	first = make.make_rule(threshold=10)
	second = make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=50)
	order = make.make_order(make.line(rate=80), customer=customer)
	names = gate.ask(order.name)
	reasons = {
		row.rule: worded(row.reason)
		for row in frappe.get_all("Order Approval", {"name": ("in", names)}, ["rule", "reason"])
	}
	assert set(reasons) == {first.name, second.name}
	assert "20 %" in reasons[first.name] and "10 %" in reasons[first.name]
	assert "80.00" in reasons[second.name] and "50.00" in reasons[second.name]
	assert flow_status(order) == "Pending Approval"


def test_asking_twice_asks_once():
	make.make_rule()
	order = discounted()
	assert len(gate.ask(order.name)) == 1
	assert gate.ask(order.name) == []
	assert len(states(order)) == 1


def test_only_a_draft_can_be_asked_about():
	make.make_rule(threshold=50)
	order = discounted(submit=True)
	with pytest.raises(frappe.ValidationError, match="drafts only"):
		gate.ask(order.name)
	order.reload().cancel()
	with pytest.raises(frappe.ValidationError, match="Cancelled"):
		gate.ask(order.name)


def test_asking_is_refused_while_the_switch_is_off(switches):
	switches(approval=False)
	make.make_rule()
	with pytest.raises(frappe.ValidationError, match="switched off"):
		gate.ask(discounted().name)


# The gate


@pytest.fixture
def owing():
	make.make_rule()
	return discounted()


def _by_form(order):
	from frappe.desk.form.save import savedocs

	savedocs(frappe.as_json(frappe.get_doc("Sales Order", order.name).as_dict()), "Submit")


def _by_list(order):
	"""Frappe's list action names what failed; its commit and rollback are kept from the test's own."""
	from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs

	with patch.object(frappe.db, "commit"), patch.object(frappe.db, "rollback") as undo:
		failed = submit_cancel_or_update_docs("Sales Order", frappe.as_json([order.name]), "submit")
	assert undo.called
	if failed == [order.name]:
		raise ApprovalRequired


def _by_rest(order):
	from frappe.client import submit

	submit(frappe.as_json(frappe.get_doc("Sales Order", order.name).as_dict()))


def _by_code(order):
	frappe.get_doc("Sales Order", order.name).submit()


def _by_code_without_rights(order):
	doc = frappe.get_doc("Sales Order", order.name)
	doc.flags.ignore_permissions = True
	doc.submit()


def _by_code_without_validation(order):
	doc = frappe.get_doc("Sales Order", order.name)
	doc.flags.ignore_validate = True
	doc.submit()


def _by_import(order):
	"""As Data Import does it: a new document, inserted and submitted in one go."""
	doc = frappe.copy_doc(order)
	doc.flags.in_data_import = True
	doc.insert()
	doc.submit()


def _as_new_submitted_document(order):
	doc = frappe.copy_doc(order)
	doc.docstatus = 1
	doc.insert()


def _by_amending(order):
	rule = frappe.get_last_doc("Order Approval Rule")
	rule.db_set("enabled", 0)
	order.submit()
	order.cancel()
	rule.db_set("enabled", 1)
	doc = frappe.copy_doc(order)
	doc.update({"amended_from": order.name, "docstatus": 0})
	doc.insert()
	doc.submit()


def _from_quotation(order):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	quotation = frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": order.customer,
			"company": order.company,
			"currency": order.currency,
			"items": [make.line(rate=80)],
		}
	).insert()
	quotation.submit()
	doc = make_sales_order(quotation.name)
	doc.delivery_date = order.delivery_date
	for row in doc.items:
		row.update({"delivery_date": order.delivery_date, "warehouse": order.items[0].warehouse})
	doc.insert().submit()


def _by_workflow(order):
	"""Another app's Workflow submits in the session of whoever presses its button."""
	from frappe.model.workflow import apply_workflow

	for state in ("Drawn Up", "Let Go"):
		if not frappe.db.exists("Workflow State", state):
			frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": state}).insert()
	if not frappe.db.exists("Workflow Action Master", "Let Go"):
		frappe.get_doc({"doctype": "Workflow Action Master", "workflow_action_name": "Let Go"}).insert()
	states = [("Drawn Up", "0"), ("Let Go", "1")]
	move = {"state": "Drawn Up", "action": "Let Go", "next_state": "Let Go"}
	workflow = frappe.get_doc(
		{
			"doctype": "Workflow",
			"workflow_name": make.unique("Workflow"),
			"document_type": "Sales Order",
			"is_active": 1,
			"workflow_state_field": "workflow_state",
			"states": [{"state": name, "doc_status": status, "allow_edit": "All"} for name, status in states],
			"transitions": [{**move, "allowed": "All", "allow_self_approval": 1}],
		}
	)
	# Saving a Workflow adds a column, and a change of tables would commit the test's own work.
	with (
		patch.object(type(workflow), "create_custom_field_for_workflow_state"),
		patch.object(type(workflow), "update_default_workflow_status"),
	):
		workflow.insert()
	doc = frappe.get_doc("Sales Order", order.name)
	doc.workflow_state = "Drawn Up"
	with patch("frappe.model.workflow.get_workflow_name", return_value=workflow.name):
		apply_workflow(doc, "Let Go")


def _by_background_job(order):
	"""Frappe queues the submit of large documents; the worker notes what failed on the document."""
	from frappe.model.document import execute_action

	with patch.object(frappe.db, "rollback") as undo:
		execute_action("Sales Order", order.name, "submit")
	if undo.called:
		raise ApprovalRequired


def _by_document_method(order):
	"""The desk's and REST's way to call a method of a document."""
	from frappe.handler import run_doc_method

	frappe.local.request = frappe._dict(method="POST")
	run_doc_method("submit", dt="Sales Order", dn=order.name)


@pytest.mark.parametrize(
	"road",
	[
		_from_quotation,
		_by_workflow,
		_by_background_job,
		_by_document_method,
		_by_form,
		_by_list,
		_by_rest,
		_by_code,
		_by_code_without_rights,
		_by_code_without_validation,
		_by_import,
		_as_new_submitted_document,
		_by_amending,
	],
)
def test_no_road_leads_past_the_gate(owing, road):
	with pytest.raises(ApprovalRequired):
		road(owing)


def test_the_gate_names_every_reason_and_the_next_step():
	first, second = make.make_rule(threshold=10), make.make_rule(threshold=15)
	order = discounted(20)
	with pytest.raises(ApprovalRequired) as refusal:
		order.submit()
	text = str(refusal.value)
	assert first.name in text and second.name in text and "20 %" in text and "15 %" in text
	assert "Ask for Approval" in text


def test_what_changes_on_the_way_to_submit_was_not_approved(owing, approver):
	names = gate.ask(owing.name)
	frappe.db.set_value("Order Approval", names[0], "state", "Approved")
	doc = frappe.get_doc("Sales Order", owing.name)
	doc.items[0].rate = 10
	with pytest.raises(ApprovalRequired):
		doc.submit()


def test_what_code_changes_behind_the_gate_was_not_approved(owing):
	name = gate.ask(owing.name)[0]
	frappe.db.set_value("Order Approval", name, "state", "Approved")
	doc = frappe.get_doc("Sales Order", owing.name)
	gate.require(doc)
	doc.items[0].qty = doc.items[0].stock_qty = 99
	with pytest.raises(ApprovalRequired):
		gate.confirm(doc)


def test_with_the_switch_off_nothing_is_asked(switches):
	make.make_rule()
	switches(approval=False)
	order = discounted()
	order.submit()
	assert is_submitted(order)


# Deciding


def test_the_last_approval_submits_the_order(approver, ask_each_time):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	other = frappe.db.get_value("Order Approval", names[1], "rule")
	with make.acting_as(approver):
		first = decide.grant(order.name, names[0])
		assert not first.is_submitted and first.waits_for == (other,)
		assert decide.grant(order.name, names[1], "fine").is_submitted
	assert is_submitted(order)
	assert [state for _rule, state in states(order)] == ["Approved", "Approved"]
	assert frappe.db.get_value("Order Approval", names[1], "decided_by") == approver


def test_an_approved_order_is_submitted_above_erpnexts_own_limit(approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	order = over_limit()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert decision.is_submitted, decision.why_not
	assert is_submitted(order)


def test_erpnexts_own_limit_stays_where_no_credit_rule_covers_the_order(approver):
	make.make_rule(threshold=10)
	order = over_limit(order=100)
	order.items[0].price_list_rate = 200
	order.save()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert not decision.is_submitted
	assert "Credit limit" in decision.why_not or "credit limit" in decision.why_not
	assert not is_submitted(order)
	assert states(order)[0][1] == "Approved"
	assert flow_status(order) == "Approved"


def test_a_granted_order_can_be_saved_later_but_not_raised(approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	order = over_limit()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
	later = frappe.get_doc("Sales Order", order.name)
	later.po_no = "PO-1"
	later.save()
	raised = frappe.get_doc("Sales Order", order.name)
	raised.base_grand_total += 1
	raised.load_doc_before_save()
	gate.keep_granted_credit(raised)
	with pytest.raises(frappe.ValidationError, match=r"[Cc]redit"):
		raised.check_credit_limit()


def test_a_refused_submit_leaves_the_approval_and_nothing_else(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Customer", order.customer, "disabled", 1)
	with make.acting_as(approver):
		decision = decide.grant(order.name, names[0])
	assert not decision.is_submitted and "disabled" in decision.why_not
	assert states(order) == [(frappe.db.get_value("Order Approval", names[0], "rule"), "Approved")]
	assert frappe.local.message_log == []
	frappe.db.set_value("Customer", order.customer, "disabled", 0)
	frappe.get_doc("Sales Order", order.name).submit()


def test_a_deadlock_while_submitting_is_not_taken_for_a_refusal(approver, monkeypatch):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)

	def deadlocked(doc):
		raise frappe.QueryDeadlockError

	monkeypatch.setattr(gate, "require", deadlocked)
	with make.acting_as(approver), pytest.raises(frappe.QueryDeadlockError):
		decide.grant(order.name, names[0])


def test_a_refusal_needs_a_reason(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="Say why"):
		decide.refuse(order.name, names[0], "  ")
	assert states(order)[0][1] == "Open"


def test_a_refused_order_is_rejected_until_it_changes(approver):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.refuse(order.name, names[0], "too cheap")
	assert [state for _rule, state in states(order)] == ["Rejected", "Superseded"]
	assert flow_status(order) == "Rejected"
	with pytest.raises(ApprovalRequired, match="too cheap"):
		frappe.get_doc("Sales Order", order.name).submit()
	with pytest.raises(frappe.ValidationError, match="too cheap"):
		gate.ask(order.name)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 88
	changed.save()
	assert flow_status(order) == "Draft"
	assert len(gate.ask(order.name)) == 1


def test_a_decided_approval_cant_be_decided_again(approver):
	make.make_rule(threshold=10)
	make.make_rule(threshold=15)
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.grant(order.name, names[0])
		with pytest.raises(frappe.ValidationError, match="already"):
			decide.grant(order.name, names[0])
		with pytest.raises(frappe.ValidationError, match="already"):
			decide.refuse(order.name, names[0], "changed my mind")


def test_nothing_is_decided_about_an_order_that_is_no_draft_any_more(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Sales Order", order.name, {"docstatus": 2, "status": "Cancelled"})
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="Cancelled"):
		decide.grant(order.name, names[0])
	assert states(order)[0][1] == "Open"


def test_nothing_is_decided_about_an_order_that_changed_unseen(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	frappe.db.set_value("Sales Order", order.name, "payment_terms_template", "other terms")
	with make.acting_as(approver), pytest.raises(frappe.ValidationError, match="changed after"):
		decide.grant(order.name, names[0])
	assert states(order)[0][1] == "Open"


def test_the_timeline_says_who_decided_what(approver):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	with make.acting_as(approver):
		decide.refuse(order.name, names[0], "<b>too cheap</b>")
	texts = frappe.get_all(
		"Comment",
		{"reference_name": order.name, "comment_type": "Info"},
		["owner", "content"],
		order_by="creation",
	)
	assert [row.owner for row in texts] == ["Administrator", approver]
	assert "&lt;b&gt;too cheap" in worded(texts[1].content)


def test_the_asker_is_told_after_the_commit_only(approver, monkeypatch):
	make.make_rule()
	order = discounted()
	names = gate.ask(order.name)
	calls = []
	frappe.db.after_commit.reset()
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: calls.append(values))
	with make.acting_as(approver):
		decide.refuse(order.name, names[0], "too cheap")
	assert calls == []
	frappe.db.after_commit.run()
	assert [call["users"] for call in calls] == [["Administrator"]]
	assert "refused" in worded(calls[0]["log"]["subject"])


def test_the_asker_reads_the_decision(approver):
	make.make_rule()
	order = discounted()
	name = gate.ask(order.name)[0]
	calls = []
	frappe.db.after_commit.reset()
	with (
		make.acting_as(approver),
		patch.object(frappe, "enqueue", lambda _path, **values: calls.append(values)),
	):
		decide.grant(order.name, name)
		frappe.db.after_commit.run()
	(told,) = [call for call in calls if "log" in call]
	notify.write_logs(told["log"], told["users"])
	log = frappe.get_last_doc("Notification Log", {"document_name": order.name})
	assert (log.for_user, log.from_user) == ("Administrator", approver)
	assert "it is submitted" in log.subject


def test_possible_approvers_are_told_what_waits_for_them(approver):
	make.make_rule()
	order = discounted()
	calls = []
	frappe.db.after_commit.reset()
	with patch.object(frappe, "enqueue", lambda path, **values: calls.append((path, values["approvals"]))):
		names = gate.ask(order.name)
		assert calls == []
		frappe.db.after_commit.run()
	assert calls == [("sales_wh_flow.approval.jobs.tell_approvers", names)]
	for _time in range(2):
		tell.whoever_is_asked(names[0])
	(subject,) = frappe.get_all(
		"Notification Log", {"for_user": approver, "document_name": order.name}, pluck="subject"
	)
	assert "asks you to approve" in subject


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
	with make.counted_statements() as statements:
		doc.save()
	return len(statements)


@pytest.mark.parametrize("asked", [False, True])
def test_saving_a_draft_costs_at_most_twelve_statements_more(switches, asked):
	make.make_rule(threshold=10)
	make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=50)
	short = make.make_order(make.line(rate=80), customer=customer)
	long = make.make_order(*[make.line(rate=80) for _ in range(8)], customer=customer)
	if asked:
		gate.ask(short.name)
		gate.ask(long.name)
	cost = []
	for order in (short, long):
		switches(approval=True)
		on = _statements_of_saving(order)
		switches(approval=False)
		cost.append(on - _statements_of_saving(order))
	assert cost[0] == cost[1] <= (12 if asked else 2)
