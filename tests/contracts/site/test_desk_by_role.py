"""Whatever of the app names a role opens for a user who has that role alone, asked as the desk asks.

Read from the app's own files: a new report, page, card, chart or workspace link is covered by being there.
"""

import json
from pathlib import Path

import pytest

import frappe
from frappe.utils.password import update_password

from tests import factories as make
from tests.approval.site.test_approval_by_http import PASSWORD, Person, address
from tests.demo.the_demo import PAGES

__all__ = ["address"]

FIRST_CALLS = {page: method for page, (method, _rows) in PAGES.items()}
FIRST_CALLS["first-steps"] = "sales_wh_flow.first_steps.api.first_steps"
FIRST_CALLS["counter"] = "sales_wh_flow.collection.api.waiting_boxes"
"""What each page asks when it opens."""
STRANGER = "HR User"
REFUSED = (401, 403)


def files(kind):
	"""The app's records of a kind, as its files say."""
	folder = frappe.get_app_path("sales_wh_flow", "sales_wh_flow", kind)
	return [json.loads(path.read_text()) for path in sorted(Path(folder).glob("*/*.json"))]


def roles_of(record):
	return [row["role"] for row in record.get("roles") or ()]


def reading_roles(doctype):
	"""Roles that may read a DocType, as the site has them; a role without desk access can't ask."""
	return {row.role for row in frappe.get_meta(doctype).permissions if row.read and not row.permlevel}


@pytest.fixture(scope="module")
def somebody(address):
	"""``somebody("Sales User")`` is logged in and has that role alone."""
	people = {}
	frappe.set_user("Administrator")
	named = {
		role
		for kind in ("report", "page", "workspace")
		for record in files(kind)
		for role in roles_of(record)
	}
	users = {role: make.make_user(role) for role in sorted({*named, STRANGER})}
	for user in users.values():
		update_password(user, PASSWORD)
	frappe.db.commit()

	def log_in(role):
		if role not in people:
			people[role] = Person(address, users[role])
		return people[role]

	yield log_in
	frappe.set_user("Administrator")
	for user in users.values():
		frappe.db.set_value("User", user, "enabled", 0)
	frappe.db.commit()


@pytest.fixture(scope="module", autouse=True)
def something_to_show(site):
	"""A lock and a line that waits: empty reports are not asked for the permissions of their links."""
	from tests.site import set_switches

	frappe.set_user("Administrator")
	set_switches(stock_lock=True)
	warehouse = make.make_warehouse()
	held = make.line(make.stocked(5, warehouse), qty=5, warehouse=warehouse)
	orders = [make.make_order(held), make.make_order(make.line(qty=3))]
	for order in orders:
		order.submit()
	frappe.db.commit()
	yield
	frappe.db.rollback()
	frappe.set_user("Administrator")
	for order in orders:
		frappe.get_doc("Sales Order", order.name).cancel()
	set_switches()
	frappe.db.commit()


def asked(person, method, verb="GET", **values):
	status, text = person.ask(f"/api/method/{method}", values, verb, person.token)
	return status, text


def default_filters():
	return json.dumps({"company": make.company().name})


def test_every_report_opens_for_each_role_it_names_and_for_no_other(somebody):
	problems, run = [], 0
	for report in files("report"):
		name = report["name"]
		for role in roles_of(report):
			person = somebody(role)
			for method, verb, values in (
				("get_script", "GET", {}),
				("run", "GET", {"filters": default_filters()}),
				("run", "GET", {"filters": "{}"}),
			):
				status, text = asked(
					person, f"frappe.desk.query_report.{method}", verb, report_name=name, **values
				)
				run += 1
				if status != 200:
					problems.append(f"{name} {method} as {role}: {status} {text[-300:]}")
		status, _text = asked(
			somebody(STRANGER), "frappe.desk.query_report.run", report_name=name, filters=default_filters()
		)
		if status not in REFUSED:
			problems.append(f"{name} runs for {STRANGER}: {status}")
	assert run
	assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", ["Stock Locks", "Waiting Demand"])
def test_the_reports_have_rows_to_be_refused_for(somebody, name):
	text = asked(
		somebody("Sales User"), "frappe.desk.query_report.run", report_name=name, filters=default_filters()
	)[1]

	assert json.loads(text)["message"]["result"], "nothing is shown: the test above would prove nothing"


def test_every_page_opens_for_each_role_it_names_and_for_no_other(somebody):
	problems = []
	for page in files("page"):
		for role in roles_of(page) or [STRANGER]:
			status, text = asked(somebody(role), "frappe.desk.desk_page.getpage", name=page["name"])
			if status != 200:
				problems.append(f"{page['name']} as {role}: {status} {text[-300:]}")
			elif role in roles_of(page):
				status, text = asked(somebody(role), FIRST_CALLS[page["name"]])
				if status != 200:
					problems.append(f"what {page['name']} shows first, as {role}: {status} {text[-300:]}")
		if roles_of(page):
			status, _text = asked(somebody(STRANGER), "frappe.desk.desk_page.getpage", name=page["name"])
			if status not in REFUSED:
				problems.append(f"{page['name']} opens for {STRANGER}: {status}")
	assert files("page")
	assert not problems, "\n".join(problems)


def test_every_number_card_of_the_workspace_counts_for_who_sees_it(somebody):
	problems = []
	for card in files("number_card"):
		for role in every_workspace_role():
			may_read = role in reading_roles(card["document_type"])
			if card["type"] == "Custom":
				status, text = asked(somebody(role), card["method"])
			else:
				status, text = asked(
					somebody(role),
					"frappe.desk.doctype.number_card.number_card.get_result",
					"POST",
					doc=json.dumps(card),
					filters=card["filters_json"],
				)
			if may_read and status != 200:
				problems.append(f"{card['name']} as {role}: {status} {text[-300:]}")
			if status >= 500:
				problems.append(f"{card['name']} as {role} fails: {text[-300:]}")
	assert not problems, "\n".join(problems)


def test_every_chart_draws_for_who_may_read_its_document(somebody):
	problems = []
	for chart in files("dashboard_chart"):
		if chart.get("report_name"):  # drawn by its report, which is tried above
			assert chart["report_name"] in {report["name"] for report in files("report")}
			continue
		for role in every_workspace_role():
			status, text = asked(
				somebody(role),
				"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
				"POST",
				chart_name=chart["name"],
			)
			if role in reading_roles(chart.get("document_type")) and status != 200:
				problems.append(f"{chart['name']} as {role}: {status} {text[-300:]}")
	assert not problems, "\n".join(problems)


def every_workspace_role():
	return sorted({role for workspace in files("workspace") for role in roles_of(workspace)})


def test_every_link_that_a_workspace_shows_to_a_role_opens(somebody):
	problems, opened = [], 0
	for workspace in files("workspace"):
		for role in roles_of(workspace):
			person = somebody(role)
			status, text = asked(
				person,
				"frappe.desk.desktop.get_desktop_page",
				"POST",
				page=json.dumps({key: workspace[key] for key in ("name", "title", "public")}),
			)
			if status != 200:
				problems.append(f"{workspace['name']} as {role}: {status} {text[-300:]}")
				continue
			for kind, target in shown(json.loads(text)["message"]):
				opened += 1
				status, text = opens(person, kind, target)
				if status != 200:
					problems.append(f"{workspace['name']}: {kind} {target} as {role}: {status} {text[-300:]}")
	assert opened
	assert not problems, "\n".join(problems)


def shown(page):
	"""(kind, target) of what the desk draws of a workspace."""
	rows = [link for card in page["cards"]["items"] for link in card["links"]]
	found = {(row.get("link_type"), row.get("link_to")) for row in rows}
	found |= {(row.get("type"), row.get("link_to")) for row in page["shortcuts"]["items"]}
	return sorted(found)


def opens(person, kind, target):
	if kind == "Report":
		return asked(person, "frappe.desk.query_report.run", report_name=target, filters=default_filters())
	if kind == "Page":
		return asked(person, "frappe.desk.desk_page.getpage", name=target)
	if kind == "Dashboard":
		return asked(
			person, "frappe.desk.doctype.dashboard.dashboard.get_permitted_cards", dashboard_name=target
		)
	if frappe.get_meta(target).issingle:
		return asked(person, "frappe.desk.form.load.getdoc", doctype=target, name=target)
	return asked(person, "frappe.desk.reportview.get", doctype=target, fields='["name"]', page_length="1")


def test_a_workspace_is_not_drawn_for_who_has_none_of_its_roles(somebody):
	for workspace in files("workspace"):
		text = asked(somebody(STRANGER), "frappe.desk.desktop.get_workspace_sidebar_items")[1]
		assert workspace["name"] not in {row["name"] for row in json.loads(text)["message"]["pages"]}


def test_a_column_is_no_link_to_what_the_reader_may_not_read():
	from sales_wh_flow.sales_wh_flow.report.columns import column

	with make.acting_as(make.make_user("Sales User")):
		assert column("entry", "Entry", "Link", "Stock Entry")["fieldtype"] == "Data"
		assert column("order", "Order", "Link", "Sales Order")["fieldtype"] == "Link"
