"""A process that has not seen the site's new secret yet signs with it all the same."""

import frappe

from sales_wh_flow.base.site_secret import key_for, site_secret


def test_a_process_that_remembers_an_older_configuration_makes_no_second_secret(monkeypatch):
	known = site_secret()
	link = key_for("customer page")
	older = frappe._dict({key: value for key, value in frappe.local.conf.items() if key != "encryption_key"})
	monkeypatch.setattr(frappe.local, "conf", older)

	assert key_for("customer page") == link
	assert frappe.get_site_config().encryption_key.encode() == known


def test_each_purpose_has_a_key_of_its_own():
	assert len({key_for("customer page"), key_for("approval link"), key_for("collection")}) == 3
