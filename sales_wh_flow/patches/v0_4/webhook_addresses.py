"""Addresses of webhooks are kept like passwords; messages and versions say the server. May run again."""

import json

import frappe
from frappe.utils.password import set_encrypted_password

from sales_wh_flow.base.site_secret import site_secret
from sales_wh_flow.milestones.rules.webhook import shown_address
from sales_wh_flow.milestones.store.rules import forget_rules

_FIELD = "webhook_url"


def execute() -> None:
	key = site_secret()
	written = {_FIELD: ("like", "http%")}
	for rule, url in frappe.get_all("Message Rule", written, ["name", _FIELD], as_list=True):
		set_encrypted_password("Message Rule", rule, url, _FIELD)
		hidden = {_FIELD: "*" * len(url), "webhook_shown": shown_address(url, key)}
		frappe.db.set_value("Message Rule", rule, hidden, update_modified=False)
	for url in _told_addresses():
		frappe.db.set_value(
			"Order Message",
			{"channel": "Webhook", "receiver": url},
			"receiver",
			shown_address(url, key),
			update_modified=False,
		)
	_forget_in_versions()
	forget_rules()


def _told_addresses() -> list[str]:
	told = {"channel": "Webhook", "receiver": ("like", "http%")}
	found = frappe.get_all("Order Message", told, pluck="receiver", distinct=True)
	return [url for url in found if "/…" not in url]


def _forget_in_versions() -> None:
	told = {"ref_doctype": "Message Rule", "data": ("like", f"%{_FIELD}%")}
	for name, data in frappe.get_all("Version", told, ["name", "data"], as_list=True):
		found = json.loads(data)
		for change in found.get("changed") or ():
			if change[0] == _FIELD:
				change[1:] = ["*" * len(text or "") for text in change[1:]]
		frappe.db.set_value("Version", name, "data", frappe.as_json(found), update_modified=False)
