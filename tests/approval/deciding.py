"""Orders that wait for approval, and the people around them, for the tests of who decides."""

from types import SimpleNamespace

import frappe

from sales_wh_flow.approval import decide, gate, under_condition
from tests import factories as make


def role(name="Order Approver", level=1, **values):
	return {"level": level, "kind": "Role", "role": name, **values}


def user(name, level=1, **values):
	return {"level": level, "kind": "User", "user": name, **values}


def relation(name, level=1):
	return {"level": level, "kind": "Relation", "relation": name}


def new_role() -> str:
	"""A role that nobody has yet."""
	return (
		frappe.get_doc({"doctype": "Role", "role_name": make.unique("Role"), "desk_access": 1}).insert().name
	)


def approver(*roles: str) -> str:
	"""A user who reads orders and has the roles."""
	return make.make_user("Accounts User", *roles)


def asked(*rows, levels=(), qty=1, order=None, **values):
	"""(order, its one open approval) of a rule with these approver rows; author: a new Sales User."""
	company = make.company().name
	rule = make.make_rule(threshold=10, approvers=list(rows), levels=list(levels), company=company, **values)
	if not order:
		row = make.line(rate=80, qty=qty, warehouse=make.make_warehouse())
		customer = make.make_customer()
		with make.acting_as(make.make_user("Sales User")):
			order = make.make_order(row, customer=customer)
	with make.acting_as(order.owner):
		gate.ask(order.name)
	return order, frappe.db.get_value("Order Approval", {"sales_order": order.name, "rule": rule.name})


def places():
	"""{place: case}: an order in the own company and territory, and one in another of each."""
	company = make.company().name
	territory = frappe.db.get_value("Territory", {"is_group": 0}, order_by="lft")
	return {
		"own": case(company, territory),
		"other company": case(make.make_company().name, territory),
		"other territory": case(company, make.make_territory()),
	}


def case(company, territory):
	"""Two approvals of one order: one to decide, one with a condition that waits for the sales user."""
	boss = approver()
	approver("Order Approver")  # with nobody in the role, Sales Managers would decide
	rules = [
		make.make_rule(threshold=10, approvers=[row], company=company, territory=territory)
		for row in (role(), user(boss))
	]
	customer = make.make_customer(territory=territory)
	row = make.line(rate=80, warehouse=make.make_warehouse(company=company))
	order = make.make_order(row, customer=customer, company=company, territory=territory)
	by_rule = {request(name).rule: name for name in gate.ask(order.name)}
	approval, offered = (by_rule[rule.name] for rule in rules)
	with make.acting_as(boss):
		under_condition.offer(order.name, offered, "Smaller Discount", 15, None)
	return SimpleNamespace(
		order=order.name,
		customer=customer,
		company=company,
		territory=territory,
		rule=rules[0].name,
		approval=approval,
		offered=offered,
		boss=boss,
		other=approver(),
	)


def restrict(who, case):
	"""The user may see what belongs to the case's company and territory alone."""
	for allow, value in (("Company", case.company), ("Territory", case.territory)):
		values = {"doctype": "User Permission", "user": who, "allow": allow, "for_value": value}
		frappe.get_doc(values).insert(ignore_permissions=True)


def tell(*approvals):
	"""What the job does after the commit: tell whoever is asked."""
	from sales_wh_flow.approval import tell as flow

	for approval in approvals:
		flow.whoever_is_asked(approval)


def grant(who, order, approval, comment=None):
	with make.acting_as(who):
		return decide.grant(order.name, approval, comment)


def request(approval):
	return frappe.get_doc("Order Approval", approval)


def history(approval):
	return [(row.level, row.action, row.user) for row in request(approval).decisions]


def docstatus(order):
	return frappe.db.get_value("Sales Order", order.name, "docstatus")


def waiting_for(who) -> set[str]:
	"""The approvals in somebody's inbox."""
	from sales_wh_flow.approval.store import asked_people

	return {
		row[0]
		for row in frappe.db.sql(
			f"select name from `tabOrder Approval` where {asked_people.waiting_for(who)}"
		)
	}


def delegate(from_user, to_user, **values):
	today = frappe.utils.nowdate()
	return frappe.get_doc(
		{
			"doctype": "Approval Delegation",
			"from_user": from_user,
			"to_user": to_user,
			"from_date": today,
			"to_date": today,
			"company": "",
			**values,
		}
	).insert()


def employee(user=None, **values) -> str:
	return (
		frappe.get_doc(
			{
				"doctype": "Employee",
				"first_name": make.unique("Employee"),
				"gender": frappe.db.get_value("Gender", {}),
				"date_of_birth": "1990-01-01",
				"date_of_joining": "2020-01-01",
				"company": make.company().name,
				"status": "Active",
				"user_id": user,
				"create_user_permission": 0,
				**values,
			}
		)
		.insert()
		.name
	)


def sales_person(parent=None, employee=None) -> str:
	root = frappe.db.get_value("Sales Person", {"lft": 1})
	return (
		frappe.get_doc(
			{
				"doctype": "Sales Person",
				"sales_person_name": make.unique("Sales Person"),
				"parent_sales_person": parent or root,
				"is_group": 1,
				"employee": employee,
				"enabled": 1,
			}
		)
		.insert()
		.name
	)
