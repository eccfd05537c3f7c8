"""The switches of the flow, read once per request."""

import frappe

APPROVAL, STOCK_LOCK, ROUTING, FULFILMENT = "approval", "stock_lock", "routing", "fulfilment"
FORECAST, RETURNS = "forecast", "returns"
CAPABILITIES = (APPROVAL, STOCK_LOCK, ROUTING, FULFILMENT, FORECAST, RETURNS)
BILLING, MESSAGES = "billing", "messages"
"""What stands beside the flow: the money of orders, and who is told of them. Off, Shadow or On."""


def flow_settings():
	"""Sales Flow Settings, from the cache: costs no statement once warm."""
	return frappe.get_cached_doc("Sales Flow Settings")


def is_on(capability: str) -> bool:
	"""Whether a capability is switched on; False while the app is being installed."""
	return not frappe.flags.in_install and flow_settings().get(capability) == "On"


def is_on_now(capability: str) -> bool:
	"""Whether a capability is switched on, read anew: for what cannot be taken back, in jobs that began
	before somebody switched it off.
	"""
	return frappe.db.get_single_value("Sales Flow Settings", capability, cache=False) == "On"


def any_on() -> bool:
	"""Whether the app does anything at all; with every switch off ERPNext behaves as without it."""
	return any(is_on(capability) for capability in CAPABILITIES)


def is_used(capability: str) -> bool:
	"""Whether a capability is on, or in Shadow: it decides, and does nothing."""
	return not frappe.flags.in_install and flow_settings().get(capability) in ("Shadow", "On")


OFF, SHADOW, WARN, BLOCK = "Off", "Shadow", "Warn", "Block"
"""What the gate of a step does."""


def packing_of(company: str | None):
	"""The row of Sales Flow Settings for how a company packs, or None."""
	for row in flow_settings().get("packing_companies") or ():
		if row.company == company:
			return row
	return None


def packing_gate(company: str | None) -> str:
	"""What the gate "unpacked goods do not leave" does in a company: OFF, SHADOW, WARN or BLOCK."""
	row = packing_of(company)
	return (row.gate if row else flow_settings().get("packing")) or OFF


def counts_boxes(company: str | None) -> bool:
	"""Whether an order of this company is ready only when its goods are in closed boxes."""
	return packing_gate(company) in (WARN, BLOCK)
