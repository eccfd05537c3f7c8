"""In rules, policies and zones an empty scope means any, whoever makes them and whatever his defaults are."""

import pytest

import frappe
from frappe.model.base_document import get_controller

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.records import Record
from tests import factories as make

SINGLE_LINKS = {"approval_email_template", "return_waiver_role"}
"""Links of the settings that are no scope."""


@pytest.fixture(autouse=True)
def fresh(site, rolled_back):
	yield
	frappe.clear_cache(user=frappe.session.user)


def ours():
	"""Our DocTypes that people fill in and that have links which may stay empty: {name: the links}."""
	found = {}
	for name in frappe.get_all("DocType", {"module": "Sales WH Flow"}, pluck="name"):
		links = [
			field
			for field in frappe.get_meta(name).get("fields", {"fieldtype": "Link"})
			if not (field.reqd or field.read_only or field.fieldname in SINGLE_LINKS)
		]
		if links and not issubclass(get_controller(name), Record):
			found[name] = links
	return found


def test_every_scope_of_ours_may_stay_empty():
	assert len(ours()) > 8
	assert not [name for name in ours() if not issubclass(get_controller(name), EmptyMeansAny)]


def test_defaults_of_the_user_fill_no_scope():
	for links in ours().values():
		for field in links:
			frappe.defaults.set_user_default(field.fieldname, "Somewhere")
			frappe.defaults.set_user_default(frappe.scrub(field.options), "Somewhere")
	for name, links in ours().items():
		doc = frappe.get_doc({"doctype": name})
		filled = frappe.new_doc(name, as_dict=True)
		doc.update_if_missing(filled)
		assert [doc.get(field.fieldname) for field in links] == [None] * len(links), name


def test_a_policy_of_a_user_with_defaults_is_for_all_companies():
	frappe.defaults.set_user_default("company", make.company().name)
	policy = frappe.get_doc(
		{"doctype": "Stock Lock Policy", "title": make.unique("Policy"), "expire_after": 86400}
	).insert()
	assert not policy.company and not policy.customer_group


def test_who_may_see_one_company_makes_rules_for_it():
	manager = make.make_user("Stock Manager", "Sales Manager", "System Manager")
	own = make.company().name
	frappe.get_doc(
		{"doctype": "User Permission", "user": manager, "allow": "Company", "for_value": own, "is_default": 1}
	).insert()
	with make.acting_as(manager):
		policy = frappe.get_doc(
			{"doctype": "Stock Lock Policy", "title": make.unique("Policy"), "expire_after": 86400}
		).insert()
	assert policy.company == own
