"""What of Frappe's and ERPNext's inside is not as it was when the app was tested, on every admin's desk."""

from collections.abc import Iterator
from importlib import import_module  # noqa: TID251 - Frappe and ERPNext themselves
from pathlib import Path

import click

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils import escape_html

from sales_wh_flow.approval.store import requests
from sales_wh_flow.base import borrowed, loans
from sales_wh_flow.base import users as owners

ADMINS = "System Manager"


def say_at_terminal() -> tuple[str, list[str]]:
	"""What is other than tested, for whoever installs; nothing when nothing is. Returns (subject, texts)."""
	versions = {app: import_module(app).__version__ for app in borrowed.APPS}
	texts = unverified_in_words(versions)
	subject = _("Sales WH Flow was not tested with Frappe {0} and ERPNext {1}.").format(
		escape_html(versions["frappe"]), escape_html(versions["erpnext"])
	)
	if texts:
		click.secho("\n".join([subject, *texts]), fg="yellow")
	return subject, texts


def tell_admins() -> None:
	"""After a migrate: what nobody has tried here stands on every admin's desk, once for each version."""
	subject, texts = say_at_terminal()
	if not texts or frappe.db.exists("Notification Log", {"subject": subject}):
		return
	rows = "".join(f"<li>{escape_html(text)}</li>" for text in texts)
	log = {
		"type": "Alert",
		"document_type": "Sales Flow Settings",
		"document_name": "Sales Flow Settings",
		"subject": subject,
		"email_content": f"<ul>{rows}</ul>",
		"from_user": frappe.session.user,
	}
	users = [user for user, _name in requests.users_with_role(ADMINS)]
	if users:
		make_notification_logs(frappe._dict(log), owners.emails_of(users))


def unverified_in_words(versions: dict[str, str]) -> list[str]:
	"""What nobody has tried, where this ERPNext is newer than all that were; one line for each borrowed name
	that is gone or other, with what may happen.
	"""
	changes = {
		borrowed.GONE: _("is gone"),
		borrowed.OTHER_ARGUMENTS: _("takes other arguments"),
		borrowed.OTHER_CODE: _("works otherwise"),
	}
	texts = list(_newer(versions["erpnext"]))
	for app, version in versions.items():
		folder = Path(import_module(app).__file__).parent
		for loan, what in borrowed.differences(app, version, {app: folder.parent / app}):
			texts.append(f"{loan.name} {changes[what]}: {loan.without}")
	if borrowed.endpoint(borrowed.module("frappe.api.v2"), borrowed.RUN_DOC_METHOD) is None:
		texts.append(f"{borrowed.RUN_DOC_METHOD} {changes[borrowed.GONE]}: {loans.NO_RETRY}")
	return texts


def _newer(version: str) -> Iterator[str]:
	"""An ERPNext newer than those the app was run on may do what the flow rests on in another way."""
	if borrowed.is_newer_than_recorded("erpnext", version):
		yield _(
			"It was tested on ERPNext {0}; this bench has the newer {1}. Not verified on it: that locked "
			"stock, batches and serial numbers can't leave, that pick lists, deliveries, returns and Update "
			"Items follow the locks, and the desk's screens. Try it on a copy of the site first, and run "
			"'bench --site SITE swhf-check' there and here."
		).format(", ".join(borrowed.versions_recorded("erpnext")), version)
