"""A new rule, policy or zone on its form speaks of everything, whatever the user's defaults are."""

import os

import pytest

import frappe

from tests.browser.desk import in_full_runs

pytestmark = in_full_runs

FILLED = """() => frappe.model.get_all_docs(cur_frm.doc).flatMap((doc) =>
	frappe.meta.get_docfields(doc.doctype)
		.filter((df) => df.fieldtype === 'Link' && !df.reqd && doc[df.fieldname])
		.map((df) => `${doc.doctype}.${df.fieldname} ${doc[df.fieldname]}`))
	// the form proposes the app's own role
	.filter((it) => it !== 'Order Approval Rule Approver.role Order Approver')"""


@pytest.fixture
def defaults(site):
	"""What the set-up wizard and years of work leave as Administrator's defaults."""
	given = {
		"company": frappe.get_all("Company", limit=1, pluck="name")[0],
		"country": "Germany",
		"in_country": "Germany",
		"customer_group": frappe.db.get_value("Customer Group", {"is_group": 0}),
		"territory": frappe.db.get_value("Territory", {"is_group": 0}),
		"brand": "",
	}
	for key, value in given.items():
		frappe.defaults.set_user_default(key, value)
	frappe.db.commit()
	yield
	for key in given:
		frappe.defaults.clear_user_default(key)
	frappe.db.commit()


@pytest.mark.parametrize(
	"doctype",
	[
		"Order Approval Rule",
		"Warehouse Routing Rule",
		"Stock Lock Policy",
		"Serving Policy",
		"Billing Policy",
		"Message Rule",
		"Return Policy",
		"Delivery Zone",
		"Approval Delegation",
	],
)
def test_a_new_form_narrows_nothing(defaults, log_in, doctype):
	desk = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	desk.open_new(doctype)

	assert desk.page.evaluate(FILLED) == []
