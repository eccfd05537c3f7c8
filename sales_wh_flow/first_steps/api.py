"""What the page First Steps calls: checks, ready-made set-ups, and what is on."""

import frappe

from sales_wh_flow.base import border, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.first_steps import beginning, onboarding, records, trials
from sales_wh_flow.first_steps import checks as checking
from sales_wh_flow.first_steps import switch_on as switching
from sales_wh_flow.first_steps import what_is_on as looking
from sales_wh_flow.first_steps.answers import (
	CheckRow,
	FirstSteps,
	SwitchedOn,
	TakenAway,
	TemplateRow,
	Trial,
	WhatIsOn,
)
from sales_wh_flow.first_steps.rules import templates as ready_made

SETTINGS = "Sales Flow Settings"
MOST_OTHERS = 3


@frappe.whitelist(methods=["GET"])
@border.checked()
def first_steps(company: str | None = None) -> FirstSteps:
	"""What keeps the flow from working, and the ready-made set-ups, of a company or the user's own."""
	frappe.has_permission(SETTINGS, "read", throw=True)
	if not frappe.has_permission(SETTINGS, "write"):
		return {"company": "", "may_set_up": False, "checks": [], "templates": []}
	chosen = _company(company)
	return {
		"company": chosen,
		"may_set_up": True,
		"checks": checking.find_gaps(chosen),
		"templates": [_shown(one, chosen) for one in ready_made.TEMPLATES.values()],
	}


@frappe.whitelist(methods=["GET"])
@border.checked(template=border.name)
def try_template(template: str, company: str, value: float | None = None) -> Trial:
	"""What a set-up would have done to the company's last 50 orders; nothing is written.

	``value``: its figure, where it takes one.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	one = _template(template)
	return trials.of_template(one, _company(company), ready_made.figure_of(one, value))


@frappe.whitelist(methods=["POST"])
@border.checked(template=border.name)
def switch_on(template: str, company: str, value: float | None = None) -> SwitchedOn:
	"""Make what a set-up needs and switch its switches on."""
	frappe.has_permission(SETTINGS, "write", throw=True)
	one = _template(template)
	done = switching.switch_on(one, _company(company), ready_made.figure_of(one, value))
	onboarding.tick_done(onboarding.PAGE)
	return done


@frappe.whitelist(methods=["POST"])
@border.checked(template=border.name)
def remove_template(template: str, company: str) -> TakenAway:
	"""Take away what a set-up made; its switches stay as they are."""
	frappe.has_permission(SETTINGS, "write", throw=True)
	return switching.take_away(_template(template), _company(company))


@frappe.whitelist(methods=["POST"])
@border.checked(check=border.name)
def mend_check(check: str) -> list[CheckRow]:
	"""Do what a check offers. Returns what is left to mend."""
	frappe.has_permission(SETTINGS, "write", throw=True)
	checking.mend_gap(check)
	onboarding.tick_done(onboarding.PAGE)
	return checking.find_gaps(_company(None))


@frappe.whitelist(methods=["GET"])
@border.checked()
def what_is_on() -> WhatIsOn:
	"""Each switch and gate with its state, and what it did in the last seven days."""
	frappe.has_permission(SETTINGS, "read", throw=True)
	return looking.show_switches()


def _template(key: str) -> ready_made.Template:
	if key not in ready_made.TEMPLATES:
		refuse(RuleViolation("no_set_up", set_up=key))
	return ready_made.TEMPLATES[key]


def _company(name: str | None) -> str:
	"""One that the user may read; without a name the user's own, else the first."""
	own = name or frappe.defaults.get_user_default("Company") or ""
	found = own or next(iter(frappe.get_list("Company", pluck="name", limit_page_length=1)), "")
	frappe.get_doc("Company", found).check_permission("read")
	return found


def _shown(one: ready_made.Template, company: str) -> TemplateRow:
	made, others = records.made_by(one, company), records.others_of_its_kind(one, company)
	is_switched = all(settings.is_on(name) for name in one.switches)
	return {
		"template": one.key,
		"figure": records.figure_in_use(one, company) if made else one.figure,
		"docs": one.docs,
		"is_on": is_switched and (not one.makes or any(row["enabled"] for row in made)),
		"made": made,
		"others": others[:MOST_OTHERS],
		"begins": beginning.what_begins(one, company, [other["name"] for other in others]),
	}
