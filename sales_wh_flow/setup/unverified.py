"""What of Frappe's and ERPNext's inside is not as it was when the app was tested, on every admin's desk."""

from importlib import import_module
from pathlib import Path

import click

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils import escape_html

from sales_wh_flow.approval.store import requests
from sales_wh_flow.base import borrowed
from sales_wh_flow.base import users as owners

ADMINS = "System Manager"


def tell_admins() -> None:
	"""After a migrate: a note with what is other than tested, once for each version; none when all is."""
	versions = {app: import_module(app).__version__ for app in borrowed.APPS}
	texts = in_words(versions)
	if not texts:
		return
	subject = _(
		"Sales WH Flow was not tested with Frappe {0} and ERPNext {1}: {2} things differ inside."
	).format(escape_html(versions["frappe"]), escape_html(versions["erpnext"]), len(texts))
	click.secho("\n".join([subject, *texts]), fg="yellow")
	if frappe.db.exists("Notification Log", {"subject": subject}):
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


def in_words(versions: dict[str, str]) -> list[str]:
	"""One line for each borrowed name that is gone or other, with what may happen."""
	changes = {
		borrowed.GONE: _("is gone"),
		borrowed.OTHER_ARGUMENTS: _("takes other arguments"),
		borrowed.OTHER_CODE: _("works otherwise"),
	}
	texts = []
	for app, version in versions.items():
		folder = Path(import_module(app).__file__).parent
		for loan, what in borrowed.differences(app, version, {app: folder.parent / app}):
			texts.append(f"{loan.name} {changes[what]}: {loan.without}")
	if borrowed.endpoint(borrowed.module("frappe.api.v2"), borrowed.RUN_DOC_METHOD) is None:
		texts.append(f"{borrowed.RUN_DOC_METHOD} {changes[borrowed.GONE]}: {borrowed.NO_RETRY}")
	return texts
