"""A courier as its form describes it, and the adapter that speaks to it."""

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.couriers.adapters import adapter_for
from sales_wh_flow.couriers.port import CourierAccount, CourierPort
from sales_wh_flow.couriers.rules.courier_message import Meaning, Paths

_OWN_KEYS = ("Karrio",)
_BY_WEBHOOK = "Generic Webhook"


def port_of(courier: str) -> CourierPort:
	"""What speaks to a courier. Its keys are read only where it has an interface."""
	doc = frappe.get_cached_doc("Courier", courier)
	return adapter_for(doc.get("adapter") or "Manual", account_of(doc))


def account_of(doc) -> CourierAccount:
	"""What an adapter needs to know of a courier; its keys only where it calls with keys of our own."""
	keys: dict = {}
	if doc.get("adapter") in _OWN_KEYS:
		keys = {
			field: doc.get_password(field, raise_exception=False) or ""
			for field in ("api_key", "api_secret", "api_more")
		}
	if doc.get("adapter") == _BY_WEBHOOK and doc.get("label_url"):
		keys = {
			"label_url": doc.label_url,
			"label_secret": doc.get_password("webhook_secret", raise_exception=False) or "",
			"may_be_private": bool(cint(flow_settings().private_webhooks)),
		}
	return CourierAccount(
		courier=doc.name,
		services={row.service: cint(row.transit_days) for row in doc.services},
		volume_divisor=flt(doc.get("volume_divisor")),
		paths=Paths(*(doc.get(f"path_of_{what}") or "" for what in _PATHS)),
		words={
			(row.word or "").strip().casefold(): Meaning(row.state, row.reason or "")
			for row in doc.get("words") or ()
		},
		carrier=doc.get("carrier") or "",
		account_no=doc.get("account_no") or "",
		api_url=doc.get("api_url") or "",
		is_test=bool(doc.get("is_test")),
		makes_labels=bool(doc.get("makes_labels")),
		**keys,
	)


_PATHS = ("number", "status", "reason", "time", "place", "note")
"""In the order of ``Paths``."""
