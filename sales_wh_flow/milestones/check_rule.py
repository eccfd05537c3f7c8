"""Whether a Message Rule can be kept as it is."""

import os
from contextlib import suppress

import frappe
from frappe import _
from frappe.utils import cint

from sales_wh_flow.base import settings
from sales_wh_flow.base.call_out import AddressIsRefused, check_address, public_address
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.site_secret import site_secret
from sales_wh_flow.milestones.rules.message_rules import CUSTOMER, DESK, NOTIFICATION, SELLER, WEBHOOK
from sales_wh_flow.milestones.rules.webhook import new_secret, secret_bytes, shown_address


def check_message_rule(doc) -> None:
	"""Raises: ValidationError saying what is missing, or can't be."""
	if doc.audience == CUSTOMER and doc.channel == DESK:
		refuse(RuleViolation("customers_have_no_desk"))
	if doc.audience in (CUSTOMER, SELLER) or doc.channel in (WEBHOOK, NOTIFICATION):
		doc.receiver_role = ""
	if doc.audience == CUSTOMER or doc.channel in (WEBHOOK, NOTIFICATION):
		doc.digest = 0
	languages = [row.language or "" for row in doc.templates]
	for row in doc.templates:
		if languages.count(row.language or "") > 1:
			refuse(RuleViolation("language_twice", idx=row.idx, language=row.language or _("every language")))
	doc.webhook_shown = ""
	if doc.channel == WEBHOOK:
		_check_webhook(doc)
	if doc.channel == NOTIFICATION:
		_check_notification(doc)


def _check_webhook(doc) -> None:
	may_be_private = bool(cint(settings.flow_settings().private_webhooks))
	url = (doc.webhook_url or "").strip()
	if doc.is_dummy_password(url):
		url = doc.get_password("webhook_url", raise_exception=False) or ""
	else:
		doc.webhook_url = url
	try:
		_scheme, host, port = check_address(url, may_be_private)
		_refuse_our_own_network(host, port, may_be_private)
	except AddressIsRefused as problem:
		refuse(RuleViolation("webhook_address", url=url, problem=str(problem)))
	doc.webhook_shown = shown_address(url, site_secret())
	if not doc.webhook_secret:
		doc.webhook_secret = new_secret(os.urandom(32))
	if not doc.is_dummy_password(doc.webhook_secret):
		try:
			secret_bytes(doc.webhook_secret)
		except ValueError:
			refuse(RuleViolation("webhook_secret"))


def _refuse_our_own_network(host: str, port: int, may_be_private: bool) -> None:
	"""Raises: AddressIsRefused. A name that nobody knows now may be known when it is called."""
	with suppress(ConnectionError):
		public_address(host, port, may_be_private)


def _check_notification(doc) -> None:
	kind = (
		frappe.db.get_value("Notification", doc.notification, "document_type") if doc.notification else None
	)
	if kind != "Sales Order":
		refuse(RuleViolation("no_notification", notification=doc.notification or _("none")))
