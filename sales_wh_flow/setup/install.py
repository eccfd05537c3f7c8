"""What happens around installation, migration and removal of the app."""

import click

import frappe
from frappe import _

from sales_wh_flow.base import said
from sales_wh_flow.base.compat import PLACES_ON_DESK
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.base.site_secret import site_secret
from sales_wh_flow.first_steps import onboarding
from sales_wh_flow.first_steps.store.onboarding import ONBOARDING
from sales_wh_flow.patches.v0_4 import return_figures
from sales_wh_flow.returns import reasons
from sales_wh_flow.setup import (
	catalogues,
	custom_fields,
	desk_files,
	rights_of_the_way,
	unverified,
	warehouse_sight,
)
from sales_wh_flow.stock_lock import end_component_locks, fix_stock_settings, repair, sayings

OLDEST_ERPNEXT = 15
"""The oldest major version of ERPNext the app is made for."""

ROLES = ("Order Approver",)
"""Roles that Frappe makes with the DocTypes whose permissions name them; from then on the administrator's."""
BLOCKS = ("Where the Orders Went",)
"""Blocks of the workspace, in fixtures/custom_html_block.json."""


def before_install() -> None:
	"""Refuse a site the app was not made for, before anything is written.

	An installation that was broken off left the app's module: Frappe stops where it is there already.
	"""
	check_erpnext()
	unverified.say_at_terminal()
	if catalogues.APP not in frappe.get_installed_apps():
		frappe.db.delete("Module Def", {"app_name": catalogues.APP})


def check_erpnext() -> None:
	"""Raises: ValidationError naming the version found and the oldest one supported."""
	try:
		import erpnext
	except ImportError:
		frappe.throw(
			_("Sales WH Flow needs ERPNext. Get it with 'bench get-app erpnext' and install it on this site.")
		)
	major = int(erpnext.__version__.split(".")[0])
	if major < OLDEST_ERPNEXT:
		frappe.throw(
			_(
				"Sales WH Flow needs ERPNext {0} or newer; this bench has ERPNext {1}. Switch ERPNext's "
				"branch first."
			).format(OLDEST_ERPNEXT, erpnext.__version__),
			title=_("Unsupported ERPNext Version"),
		)


def after_install() -> None:
	"""What the app needs on a site: fields, settings, lists, words."""
	site_secret()  # before anybody signs with it
	custom_fields.make()
	desk_files.take_changed()
	_default_settings()
	return_figures.add_up()
	reasons.seed()
	catalogues.compile_catalogues()
	_say_contradictions()
	_say_what_next()


def after_migrate() -> None:
	"""After an update: what the app needs, as this version has it."""
	site_secret()  # before anybody signs with it
	custom_fields.make()
	desk_files.take_changed()
	_default_settings()
	reasons.seed()
	repair.lines_as_this_version_counts()
	catalogues.compile_catalogues()
	onboarding.tick_done()
	unverified.tell_admins()
	if is_on(STOCK_LOCK):
		_say_contradictions()


def before_uninstall() -> None:
	"""Take back what Frappe does not remove by itself. ERPNext's documents, reservations among them, stay.

	Those of bundles' components end: ERPNext can't deliver them.
	"""
	find_module_again()
	end_component_locks.end_locks_of_components(said.keep(sayings.app_removed))
	warehouse_sight.apply_sight(False)
	rights_of_the_way.give_rights(False)
	custom_fields.remove()
	frappe.db.delete("ToDo", {"reference_type": "Order Approval"})
	for doctype in PLACES_ON_DESK:
		for name in frappe.get_all(doctype, {"app": "sales_wh_flow"}, pluck="name"):
			frappe.delete_doc(doctype, name, force=True, ignore_on_trash=True)
	for step in _onboarding_steps():
		frappe.delete_doc("Onboarding Step", step, ignore_missing=True, force=True)
	for role in ROLES:
		frappe.db.delete("Has Role", {"role": role})
		frappe.db.delete("Custom DocPerm", {"role": role})
		frappe.delete_doc("Role", role, ignore_missing=True, force=True)
	for block in BLOCKS:
		frappe.delete_doc("Custom HTML Block", block, ignore_missing=True, force=True)
	frappe.db.delete("Scheduled Job Type", {"method": ("like", "sales_wh_flow.%")})
	frappe.db.delete("Singles", {"doctype": "Sales Flow Settings"})
	desk_files.forget_taken()


def find_module_again() -> None:
	"""Frappe takes the module away first and finds DocTypes by it: who was stopped then would keep them."""
	if not frappe.db.exists("Module Def", custom_fields.MODULE):
		module = {"doctype": "Module Def", "module_name": custom_fields.MODULE, "app_name": catalogues.APP}
		frappe.get_doc(module).insert()


def before_tests() -> None:
	"""A company to test with, as ERPNext's own tests make it."""
	if not frappe.db.count("Company"):
		from erpnext.setup.utils import before_tests as erpnext_before_tests

		erpnext_before_tests()
	frappe.clear_cache()


def _onboarding_steps() -> list[str]:
	"""They belong to no module, so Frappe leaves them behind."""
	return frappe.get_all(
		"Onboarding Step Map", {"parent": ONBOARDING, "parenttype": "Module Onboarding"}, pluck="step"
	)


def _say_contradictions() -> None:
	"""What has to change for Stock Lock; the button there changes it."""
	for text in fix_stock_settings.contradictions():
		before = "{0}" if is_on(STOCK_LOCK) else _("Before Stock Lock can be switched on: {0}")
		click.secho(before.format(text), fg="yellow")


def _say_what_next() -> None:
	click.secho(
		_(
			"Sales WH Flow is installed; everything in it is still off. Restart the bench (bench restart), "
			"reload the desk and open Order Flow > First Steps."
		),
		fg="green",
	)


def _default_settings() -> None:
	"""Write the defaults of Sales Flow Settings once; later choices of the admin stay."""
	settings = frappe.get_doc("Sales Flow Settings")
	stored = frappe.db.get_singles_dict("Sales Flow Settings")
	missing = [  # a tick that was never stored reads as 0, which is no choice of the admin's
		df
		for df in settings.meta.fields
		if df.default and (df.fieldname not in stored or settings.get(df.fieldname) in (None, ""))
	]
	if missing or not stored:
		for df in missing:
			settings.set(df.fieldname, df.default)
		# What came to contradict the rest is said; it stops no update.
		settings.flags.ignore_mandatory = settings.flags.ignore_validate = settings.flags.ignore_links = True
		settings.save()
