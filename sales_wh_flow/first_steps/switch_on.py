"""Switching a ready-made set-up on, with one click, and taking its records away again."""

import frappe
from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.first_steps import records
from sales_wh_flow.first_steps.answers import NewRecord, SwitchedOn, TakenAway
from sales_wh_flow.first_steps.rules import templates
from sales_wh_flow.stock_lock import fix_stock_settings

SETTINGS = "Sales Flow Settings"


def switch_on(template: templates.Template, company: str, figure: float | None) -> SwitchedOn:
	"""What was made, and which switches were off before. The user's own rights hold for each record.

	What was made before and is switched off is switched on again, instead of a second one.
	"""
	if template.key == templates.LOCK and fix_stock_settings.contradictions():
		fix_stock_settings.fix()
	made = _wake(template, company) or [_insert(doc) for doc in records.drafted(template, company, figure)]
	return {"made": made, "switched": _switch(template.switches)}


def _insert(doc) -> NewRecord:
	there = frappe.db.exists(doc.doctype, doc.get("title") or doc.get("courier_name"))
	if there:
		refuse(RuleViolation("is_there_already", kind=_(doc.doctype), there=there))
	doc.insert()
	return {"doctype": doc.doctype, "name": doc.name}


def _wake(template: templates.Template, company: str) -> list[NewRecord]:
	"""Switch on what the set-up made before; a figure that was given is the record's own matter then."""
	asleep = [one for one in records.made_by(template, company) if not one["enabled"]]
	for one in asleep:
		doc = frappe.get_doc(one["doctype"], one["name"])
		doc.enabled = 1
		doc.save()
	return [{"doctype": one["doctype"], "name": one["name"]} for one in asleep]


def _switch(switches: tuple[str, ...]) -> list[str]:
	"""The switches that were off, now on; the settings' own checks hold."""
	off = [name for name in switches if flow_settings().get(name) != "On"]
	if off:
		settings = frappe.get_doc(SETTINGS)
		settings.update(dict.fromkeys(off, "On"))
		settings.save()
	return [_(frappe.get_meta(SETTINGS).get_label(name)) for name in off]


def take_away(template: templates.Template, company: str) -> TakenAway:
	"""What was removed. What something was decided by stays, switched off."""
	removed, switched_off = [], []
	for one in records.made_by(template, company):
		doc = frappe.get_doc(one["doctype"], one["name"])
		if _is_used(doc):
			doc.enabled = 0
			doc.save()
			switched_off.append(doc.name)
		else:
			doc.delete()
			removed.append(doc.name)
	return {"removed": removed, "switched_off": switched_off}


def _is_used(doc) -> bool:
	try:
		frappe.model.delete_doc.check_if_doc_is_linked(doc)
		frappe.model.delete_doc.check_if_doc_is_dynamically_linked(doc)
	except frappe.LinkExistsError:
		return True
	return False
