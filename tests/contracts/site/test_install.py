"""What the app leaves on a site, what it refuses, and what it takes back."""

import hashlib

import pytest

import frappe
from frappe.modules.patch_handler import PatchType, get_patches_from_app
from frappe.utils.fixtures import sync_fixtures

from sales_wh_flow.base import borrowed, settings
from sales_wh_flow.patches import fields_first
from sales_wh_flow.setup import custom_fields, desk_files, install


def test_every_field_of_the_app_is_on_its_document_and_belongs_to_the_app():
	for doctype, fields in custom_fields.CUSTOM_FIELDS.items():
		meta = frappe.get_meta(doctype)
		for field in fields:
			assert meta.get_field(field["fieldname"]), f"{doctype}.{field['fieldname']}"
			owner = frappe.db.get_value(
				"Custom Field", {"dt": doctype, "fieldname": field["fieldname"]}, "module"
			)
			assert owner == "Sales WH Flow"


def test_the_first_patch_makes_the_fields_of_this_version():
	"""Those below it work with them; Frappe remembers a patch by its whole line."""
	own = custom_fields.CUSTOM_FIELDS.items()
	fields = sorted((kind, field["fieldname"], field["fieldtype"]) for kind, each in own for field in each)
	mark = hashlib.sha256(repr(fields).encode()).hexdigest()[:8]

	first = get_patches_from_app("sales_wh_flow", PatchType.post_model_sync)[0]

	assert first == f"{fields_first.__name__} # {mark}"


def test_a_fresh_install_changes_nothing_until_a_switch_is_turned():
	assert [settings.is_on(capability) for capability in settings.CAPABILITIES] == [False] * len(
		settings.CAPABILITIES
	)
	assert not settings.any_on()


def test_installing_twice_changes_nothing():
	fields = frappe.get_all("Custom Field", {"module": "Sales WH Flow"}, pluck="name", order_by="name")

	custom_fields.make()
	install.after_migrate()

	assert (
		frappe.get_all("Custom Field", {"module": "Sales WH Flow"}, pluck="name", order_by="name") == fields
	)


@pytest.mark.parametrize("lost", ["column `swf_tote`", "index `swf_tote_index`"])
def test_a_migration_that_was_broken_off_between_a_field_and_its_column_is_finished_by_the_next(lost):
	table = "tabPick List Item"
	frappe.db.sql_ddl(f"alter table `{table}` drop {lost}")
	frappe.clear_cache()  # as each migration begins

	try:
		custom_fields.make()

		assert frappe.db.has_column("Pick List Item", "swf_tote")
		assert frappe.db.has_index(table, "swf_tote_index")
	finally:
		frappe.db.updatedb("Pick List Item")


def test_a_newer_version_brings_its_workspace_whatever_wrote_into_it_and_an_admin_s_stays_until_then():
	workspace, of_admin = ("Workspace", "Order Flow", "content"), "[]"
	here = frappe.db.get_value(*workspace)
	frappe.db.set_global(desk_files.TAKEN, "{}")  # an older version's, which Frappe's own update touched
	frappe.db.set_value(*workspace, of_admin)

	desk_files.take_changed()
	assert frappe.db.get_value(*workspace) == here

	frappe.db.set_value(*workspace, of_admin)
	desk_files.take_changed()
	assert frappe.db.get_value(*workspace) == of_admin


def test_a_field_that_another_app_left_behind_broken_stops_no_installation():
	field = frappe.get_doc({"doctype": "Custom Field", "dt": "Sales Order", "fieldname": "left_behind"})
	field.update({"label": "Left Behind", "fieldtype": "Link", "options": "Gone with Its App"})
	field.name = "Sales Order-left_behind"
	field.db_insert()
	frappe.db.set_value("Custom Field", "Sales Order-swf_stage", "label", "As It Was")

	try:
		custom_fields.make()

		assert frappe.db.get_value("Custom Field", "Sales Order-swf_stage", "label") != "As It Was"
	finally:
		custom_fields.drop("Sales Order", ["left_behind"])


def test_each_index_of_ours_outlives_a_field_that_an_admin_adds():
	frappe.db.delete("Property Setter", {"property": "search_index"})  # a migration makes none
	own = {"doctype": "Custom Field", "fieldname": "of_an_admin", "label": "Own", "fieldtype": "Data"}
	doctypes = sorted({doctype for doctype, _columns, _name in custom_fields.INDEXES})

	try:
		for doctype in doctypes:
			frappe.get_doc({**own, "dt": doctype}).insert()

		gone = [
			name
			for kind, _columns, name in custom_fields.INDEXES
			if not frappe.db.has_index(f"tab{kind}", name)
		]
		assert gone == []
	finally:
		for doctype in doctypes:
			custom_fields.drop(doctype, ["of_an_admin"])
		custom_fields.make()


def test_a_removal_of_fields_that_was_broken_off_can_be_run_again():
	doctype, field = "Pick List Item", "swf_tote"
	assert field in frappe.db.get_table_columns(doctype)  # remembered
	frappe.db.sql_ddl(f"alter table `tab{doctype}` drop column {field}")

	try:
		custom_fields.drop(doctype, [field])

		assert not frappe.db.has_column(doctype, field)
	finally:
		custom_fields.make()


def test_a_removal_that_was_broken_off_behind_the_module_finds_the_rest_of_it():
	frappe.db.delete("Module Def", {"app_name": "sales_wh_flow"})

	install.find_module_again()

	assert frappe.get_all("Module Def", {"app_name": "sales_wh_flow"}, pluck="name") == ["Sales WH Flow"]


def test_an_installation_that_was_broken_off_can_be_run_again(monkeypatch):
	monkeypatch.setattr(frappe, "get_installed_apps", lambda *_how, **_more: ["frappe", "erpnext"])

	install.before_install()

	assert not frappe.db.exists("Module Def", "Sales WH Flow"), "Frappe makes it next, and stops where it is"


def test_an_erpnext_that_is_too_old_is_refused_with_both_versions(monkeypatch):
	monkeypatch.setattr("erpnext.__version__", "14.9.0")

	with pytest.raises(frappe.ValidationError) as refused:
		install.check_erpnext()

	assert "14.9.0" in str(refused.value)
	assert "ERPNext 15 or newer" in str(refused.value)


@pytest.mark.parametrize("version", ["15.71.1", "15.99.1", "15.80.0", "16.9.1", "16.2.1", "16.9.4"])
def test_a_version_that_was_run_installs_without_a_word(monkeypatch, capsys, version):
	monkeypatch.setattr("erpnext.__version__", version)
	monkeypatch.setattr(borrowed, "differences", lambda *_of: [])  # the code is that of another version

	install.before_install()

	assert capsys.readouterr().out == ""


@pytest.mark.parametrize("version", ["15.104.0", "16.55.0", "17.0.0-dev"])
@pytest.mark.parametrize("moment", [install.before_install, install.after_migrate])
def test_a_newer_version_installs_and_says_what_was_not_verified(monkeypatch, capsys, version, moment):
	monkeypatch.setattr("erpnext.__version__", version)

	moment()

	said = capsys.readouterr().out
	assert version in said
	assert "16.9.1" in said
	assert "Not verified on it" in said


def test_after_a_migrate_to_a_newer_version_every_admin_reads_on_the_desk_what_was_not_verified(monkeypatch):
	monkeypatch.setattr("erpnext.__version__", "15.104.0")

	install.after_migrate()
	install.after_migrate()

	subject = ("like", "Sales WH Flow was not tested with%ERPNext 15.104.0%")
	notes = frappe.get_all("Notification Log", {"subject": subject}, ["for_user", "email_content"])
	assert notes and len({note.for_user for note in notes}) == len(notes)
	assert all("Not verified on it" in note.email_content for note in notes)


def test_the_choices_of_an_admin_survive_a_migration(switches):
	switches(stock_lock=True, partial_lock="Full lines only")

	install.after_migrate()

	settings_now = frappe.get_doc("Sales Flow Settings")
	assert (settings_now.stock_lock, settings_now.partial_lock) == ("On", "Full lines only")


def test_no_migration_stops_at_settings_that_contradict_each_other_it_says_so(switches, capsys):
	switches(stock_lock=True)
	frappe.db.set_single_value("Stock Settings", "allow_negative_stock", 1)  # past its form, as patches do
	frappe.db.delete("Singles", {"doctype": "Sales Flow Settings", "field": "message_stale_hours"})

	install.after_migrate()

	assert frappe.db.get_single_value("Sales Flow Settings", "message_stale_hours", cache=False) == 48
	assert "Allow Negative Stock" in capsys.readouterr().out


def test_what_an_admin_decided_of_the_role_survives_a_migration(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda *_args, **_values: None)
	decided = {"two_factor_auth": 1, "disabled": 1}
	frappe.db.set_value("Role", "Order Approver", {**decided})  # Frappe adds to what it is given

	sync_fixtures("sales_wh_flow")

	assert frappe.db.get_value("Role", "Order Approver", [*decided], as_dict=True) == decided


def test_no_field_of_erpnext_stands_in_a_section_of_the_app():
	for doctype in custom_fields.CUSTOM_FIELDS:
		frappe.clear_cache(doctype=doctype)
		section = ""
		for field in frappe.get_meta(doctype).fields:
			if field.fieldtype in ("Section Break", "Tab Break"):
				section = field.fieldname
			elif section.startswith("swf_"):
				assert field.fieldname.startswith("swf_"), f"{doctype}.{field.fieldname} in {section}"


def test_each_open_lock_is_found_by_an_index():
	for doctype, _columns, name in custom_fields.INDEXES:
		assert frappe.db.has_index(f"tab{doctype}", name)
