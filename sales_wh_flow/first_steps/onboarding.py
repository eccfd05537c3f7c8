"""The steps of *Set Up Order Flow* on the workspace, ticked whichever road they were done on."""

import frappe

from sales_wh_flow.first_steps.store import onboarding as store

PAGE = "first-steps"


def tick_done(page: str = "") -> None:
	"""Tick the steps whose record is there and enabled, or whose setting is as they say. Frappe itself ticks
	only what was done from a step's own button. ``page``: one that was worked on.
	"""
	for step in store.open_steps():
		if _is_done(step, page):
			store.tick(step.name)


def _is_done(step, page: str) -> bool:
	if step.action == "Go to Page":
		return step.path == page
	if step.action == "Update Settings":
		return frappe.db.get_single_value(step.reference_document, step.field) == step.value_to_validate
	return bool(frappe.db.exists(step.reference_document, {"enabled": 1}))
