"""The report that answers who approved what: rows, hours, sums and exports, and what it keeps from whom."""

import csv
import io
from datetime import datetime

import pytest

import frappe
from frappe.desk import query_report
from frappe.utils.xlsxutils import read_xlsx_file_from_attached_file

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.sales_wh_flow.report.approval_history.approval_history import execute
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


@pytest.fixture
def author():
	return make.make_user("Sales User")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


def asked(author, **values):
	"""(order, approval): a draft of the author's that waits."""
	row = make.line(rate=80, warehouse=make.make_warehouse())
	customer = values.pop("customer", None) or make.make_customer()
	with make.acting_as(author):
		order = make.make_order(row, customer=customer, **values)
		return order, gate.ask(order.name)[0]


def rows_of(order, **filters):
	return execute({"sales_order": order.name, **filters})[1]


def test_an_approval_is_told_with_rule_version_words_and_who(author, approver, approval_on):
	order, name = asked(author)
	with make.acting_as(approver):
		decide.grant(order.name, name, "fine for this quarter")
	(row,) = rows_of(order)
	assert (row.name, row.rule, row.state, row.action) == (name, approval_on.name, "Approved", "Approved")
	assert (row.decided_by, row.requested_by, row.comment) == (approver, author, "fine for this quarter")
	assert row.rule_version == approval_on.version
	assert row.order_value == 80
	assert row.reason.startswith("Discount of 20 %")


def test_a_refusal_counts_as_one(author, approver):
	order, name = asked(author)
	with make.acting_as(approver):
		decide.refuse_approval(order.name, name, "too cheap")
	(row,) = rows_of(order)
	assert (row.action, row.comment) == ("Refused", "too cheap")


def test_what_nobody_decided_has_no_hours(author):
	order, _name = asked(author)
	(row,) = rows_of(order)
	assert (row.state, row.action, row.clock_hours, row.working_hours) == ("Open", "", None, None)


def test_hours_are_told_by_the_clock_and_by_office_hours(author, approver, switches):
	"""Asked on Friday 16:00, decided on Monday 10:00: 66 hours, of which 1 + 1 are office hours."""
	settings = {"approval_office_from": "09:00", "approval_office_to": "17:00"}
	frappe.get_doc("Sales Flow Settings").update(settings).save()
	holidays = frappe.get_doc(
		{
			"doctype": "Holiday List",
			"holiday_list_name": make.unique("Weekends"),
			"from_date": "2026-03-01",
			"to_date": "2026-03-31",
			"holidays": [
				{"holiday_date": "2026-03-07", "description": "Saturday"},
				{"holiday_date": "2026-03-08", "description": "Sunday"},
			],
		}
	).insert()
	frappe.db.set_value("Company", make.company().name, "default_holiday_list", holidays.name)
	order, name = asked(author)
	with make.acting_as(approver):
		decide.grant(order.name, name)
	move(name, datetime(2026, 3, 6, 16), datetime(2026, 3, 9, 10))
	(row,) = rows_of(order)
	assert (row.clock_hours, row.working_hours) == (66, 2)


def move(approval, asked_on, decided_on):
	frappe.db.sql(
		"update `tabOrder Approval` set requested_on = %s, decided_on = %s where name = %s",
		(asked_on, decided_on, approval),
	)
	frappe.db.sql(
		"update `tabOrder Approval Decision` set decided_on = %s where parent = %s", (decided_on, approval)
	)


def test_rules_and_approvers_are_summed_up(author, approver, approval_on):
	for verb in (decide.grant, decide.refuse_approval):
		order, name = asked(author)
		with make.acting_as(approver):
			verb(order.name, name, "because")
	_order, _name = asked(author)
	(rule,) = execute({"show": "By Rule", "rule": approval_on.name})[1]
	assert (rule["asked"], rule["approved"], rule["refused"], rule["waiting"]) == (3, 1, 1, 1)
	assert rule["refused_pct"] == 50
	(user,) = execute({"show": "By Approver", "rule": approval_on.name})[1]
	assert (user["key"], user["approved"], user["refused"]) == (approver, 1, 1)


def test_filters_narrow_the_rows(author, approver):
	order, name = asked(author)
	with make.acting_as(approver):
		decide.refuse_approval(order.name, name, "no")
	for filters, is_found in (
		({"customer": order.customer}, True),
		({"approver": approver}, True),
		({"approver": author}, False),
		({"state": "Rejected"}, True),
		({"state": "Open"}, False),
		({"from_date": frappe.utils.nowdate(), "to_date": frappe.utils.nowdate()}, True),
		({"to_date": frappe.utils.add_days(frappe.utils.nowdate(), -1)}, False),
		({"company": make.company().name}, True),
	):
		assert bool(rows_of(order, **filters)) == is_found, filters


def test_a_chart_and_figures_come_along(author, approver):
	order, name = asked(author)
	with make.acting_as(approver):
		decide.grant(order.name, name)
	_columns, _rows, _message, chart, summary = execute({"sales_order": order.name})
	assert [dataset["values"] for dataset in chart["data"]["datasets"]] == [[1], [0]]
	assert [card["value"] for card in summary[:3]] == [1, 1, 0]
	assert summary[-1]["value"] == "0", "a median of hours, without needless zeros"


def test_orders_a_user_may_not_read_are_neither_listed_nor_counted(author, approver, approval_on):
	order, name = asked(author)
	with make.acting_as(approver):
		decide.grant(order.name, name)
	other = make.make_customer()
	frappe.get_doc(
		{"doctype": "User Permission", "user": approver, "allow": "Customer", "for_value": other}
	).insert()
	with make.acting_as(approver):
		for show in ("Each Decision", "By Rule", "By Approver"):
			assert execute({"rule": approval_on.name, "show": show})[1] == []


def test_the_report_itself_is_refused_to_who_has_no_role_for_it():
	with make.acting_as(make.make_user("Stock User")), pytest.raises(frappe.PermissionError):
		query_report.run("Approval History", {})


@pytest.mark.parametrize("file_format", ["CSV", "Excel"])
def test_an_auditor_takes_the_rows_along_as_a_file(author, approver, approval_on, file_format):
	"""Which version of which rule, what it measured, who voted what: enough without the system at hand."""
	order, name = asked(author)
	with make.acting_as(approver):
		decide.grant(order.name, name, "fine, once")
	with make.acting_as(make.make_user("Auditor", "Stock User")):  # the second role reads Sales Orders
		frappe.local.form_dict = frappe._dict(
			report_name="Approval History",
			file_format_type=file_format,
			filters=frappe.as_json({"sales_order": order.name}),
			visible_idx=frappe.as_json([0]),
		)
		query_report.export_query()
	content = frappe.response["filecontent"]
	if file_format == "CSV":
		lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
	else:
		lines = read_xlsx_file_from_attached_file(fcontent=content)
	head, row = lines[0], lines[1]
	told = dict(zip(head, row, strict=False))
	assert (told["Approval"], told["Sales Order"], told["Customer"]) == (name, order.name, order.customer)
	assert (told["Rule"], int(told["Version"])) == (approval_on.name, approval_on.version)
	assert told["Why, in Words"].startswith("Discount of 20 %")
	assert (float(told["Measured"]), float(told["Allowed"]), told["Unit"]) == (20, 10, "%")
	assert (float(told["Order Value"]), told["State"], told["Asked By"]) == (80, "Approved", author)
	assert (told["Vote"], told["Decided By"], told["Comment"]) == ("Approved", approver, "fine, once")
	assert told["Asked On"]
	assert told["Decided On"]


def test_the_statements_do_not_grow_with_the_rows(author, approver, approval_on):
	counts = []
	for more in (1, 5):
		for _ in range(more):
			order, name = asked(author)
			with make.acting_as(approver):
				decide.refuse_approval(order.name, name, "no")
		execute({"rule": approval_on.name})
		with make.counted_statements() as statements:
			execute({"rule": approval_on.name})
		counts.append(len(statements))
	assert counts[0] == counts[1]
