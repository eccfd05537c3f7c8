"""What the app leaves on a site, what it refuses, and what it takes back."""

import pytest

import frappe

from sales_wh_flow.base import settings
from sales_wh_flow.setup import custom_fields, install


def test_every_field_of_the_app_is_on_its_document_and_belongs_to_the_app():
	for doctype, fields in custom_fields.CUSTOM_FIELDS.items():
		meta = frappe.get_meta(doctype)
		for field in fields:
			assert meta.get_field(field["fieldname"]), f"{doctype}.{field['fieldname']}"
			owner = frappe.db.get_value(
				"Custom Field", {"dt": doctype, "fieldname": field["fieldname"]}, "module"
			)
			assert owner == "Sales WH Flow"


def test_a_fresh_install_changes_nothing_until_a_switch_is_turned():
	assert [settings.is_on(capability) for capability in settings.CAPABILITIES] == [False] * 4
	assert not settings.any_on()


def test_installing_twice_changes_nothing():
	fields = frappe.get_all("Custom Field", {"module": "Sales WH Flow"}, pluck="name", order_by="name")

	custom_fields.make()
	install.after_migrate()

	assert (
		frappe.get_all("Custom Field", {"module": "Sales WH Flow"}, pluck="name", order_by="name") == fields
	)


@pytest.mark.parametrize("version", ["14.9.0", "17.0.0-dev"])
def test_an_unsupported_erpnext_is_refused_with_both_versions(monkeypatch, version):
	monkeypatch.setattr("erpnext.__version__", version)

	with pytest.raises(frappe.ValidationError) as refused:
		install.check_erpnext()

	assert version in str(refused.value)
	assert "15, 16" in str(refused.value)


@pytest.mark.parametrize("version", ["15.0.0", "16.2.1"])
def test_supported_versions_are_accepted(monkeypatch, version):
	monkeypatch.setattr("erpnext.__version__", version)

	install.check_erpnext()


def test_the_choices_of_an_admin_survive_a_migration(switches):
	switches(stock_lock=True, partial_lock="Full lines only")

	install.after_migrate()

	settings_now = frappe.get_doc("Sales Flow Settings")
	assert (settings_now.stock_lock, settings_now.partial_lock) == ("On", "Full lines only")


def test_each_open_lock_is_found_by_an_index():
	for doctype, _columns, name in custom_fields.INDEXES:
		assert frappe.db.has_index(f"tab{doctype}", name)
