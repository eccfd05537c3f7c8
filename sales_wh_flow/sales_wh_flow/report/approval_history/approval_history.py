"""Who approved what, under which version of which rule, for whom, and how long it took."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import getdate

from sales_wh_flow.approval import figure_rights, permissions, voting_hours
from sales_wh_flow.approval.rules import decision_figures as figures
from sales_wh_flow.approval.rules.decision_figures import Figures, Taken
from sales_wh_flow.approval.store import history
from sales_wh_flow.base import in_words, said
from sales_wh_flow.sales_wh_flow.report import pages
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for

BY_RULE, BY_APPROVER = "By Rule", "By Approver"
FILTERS = ("company", "customer", "sales_order", "rule", "state", "from_date", "to_date", "approver")

PEOPLE = ("requested_by", "decided_by", "on_behalf_of")


def execute(filters=None):
	"""Columns, rows, what this page holds of all there is, chart, summary. Rows the user may not see never
	leave the database.
	"""
	wanted = asked_for(filters)
	given = {name: wanted.get(name) for name in FILTERS}
	is_summed_up = wanted.show in (BY_RULE, BY_APPROVER)
	start = pages.first_row(wanted)
	page = None if is_summed_up else (start, pages.PAGE + 1)
	rows = history.history_rows(permissions.order_approvals_visible(), page, **given)
	said = _where_in_it(rows, start) if page else None
	_keep_figures(rows)
	voting_hours.add_hours(rows)
	taken = [_taken(row) for row in rows]
	if wanted.show == BY_RULE:
		found = figures.by_rule(taken)
		columns = _figure_columns(_("Rule"))
		return columns, fit_for_files(columns, _figure_rows(found)), None, _bars(found)
	if wanted.show == BY_APPROVER:
		found = figures.by_approver(taken)
		names = history.full_names({one.key for one in found})
		rows = [{**row, "key_name": names.get(row["key"], row["key"])} for row in _figure_rows(found)]
		columns = _figure_columns(_("Approver"))
		return columns, fit_for_files(columns, rows), None, _bars(found)
	_add_names(rows)
	columns = _columns()
	return columns, fit_for_files(columns, rows), said, _weeks(rows), _summary(figures.whole_order(taken))


def _where_in_it(rows: list, start: int) -> str | None:
	"""What of all there is this page holds; what is summed up by rule or approver counts all."""
	words = pages.end_page(rows, start)
	return words and " ".join([words, _("The newest come first; figures and chart are of these alone.")])


def _keep_figures(rows: list) -> None:
	"""Whoever decided saw them; everybody else as the invoices and costs themselves let it."""
	for row in rows:
		row.is_mine = row.decided_by == frappe.session.user
	figure_rights.word_visible_reasons(rows, "measured", "allowed")
	said.word_rows(rows, "condition_text", "comment")


def _add_names(rows: list) -> None:
	"""What people are called, beside their names in the system: for the screen, not for the file."""
	names = history.full_names({row[field] for row in rows for field in PEOPLE})
	for row in rows:
		row.update({f"{field}_name": names.get(row[field], row[field] or "") for field in PEOPLE})


def _taken(row) -> Taken:
	return Taken(
		approval=row.name,
		rule=row.rule,
		state=row.state,
		action=row.action or "",
		user=row.decided_by or "",
		clock_h=row.clock_hours,
		working_h=row.working_hours,
	)


def _columns() -> list[dict]:
	"""Only what every reader of the report may open is a link: Frappe refuses the whole report to who may not
	read the DocType of one of its links, and approvers need not read companies or users.
	"""
	return [
		column("name", _("Approval"), "Link", "Order Approval", 195),
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 185),
		column("customer", _("Customer"), "Data", width=150),
		column("company", _("Company"), "Data", width=120),
		column("order_value", _("Order Value"), "Currency", "currency", 110),
		column("rule", _("Rule"), "Data", width=180),
		column("rule_version", _("Version"), "Int", width=85),
		column("reason", _("Why, in Words"), "Data", width=360),
		column("measured", _("Measured"), "Float", width=90),
		column("allowed", _("Allowed"), "Float", width=90),
		column("unit", _("Unit"), "Data", width=70),
		column("state", _("State"), "Data", width=100),
		column("requested_by", _("Asked By"), "Data", width=140),
		column("requested_on", _("Asked On"), "Datetime", width=150),
		column("level", _("Level"), "Int", width=60),
		column("action", _("Vote"), "Data", width=90),
		column("decided_by", _("Decided By"), "Data", width=140),
		column("on_behalf_of", _("On Behalf Of"), "Data", width=140),
		column("decided_on", _("Decided On"), "Datetime", width=150),
		column("working_hours", _("Working Hours"), "Float", width=100),
		column("clock_hours", _("Hours"), "Float", width=80),
		column("due_on", _("Due"), "Datetime", width=150),
		column("comment", _("Comment"), "Data", width=220),
		column("condition_text", _("Condition"), "Data", width=180),
		column("via", _("Decided Through"), "Data", width=110),
		column("currency", _("Currency"), "Data", width=80),
	]


def _figure_columns(label: str) -> list[dict]:
	return [
		column("key", label, "Data", width=240),
		column("asked", _("Asked"), "Int", width=80),
		column("approved", _("Approved"), "Int", width=90),
		column("refused", _("Refused"), "Int", width=90),
		column("refused_pct", _("Refused (%)"), "Percent", width=120),
		column("waiting", _("Open"), "Int", width=80),
		column("withdrawn", _("Superseded"), "Int", width=120),
		column("shadow", _("Shadow Hits"), "Int", width=120),
		column("working_h", _("Working Hours (Median)"), "Float", width=205),
		column("clock_h", _("Hours (Median)"), "Float", width=145),
	]


def _figure_rows(found: tuple[Figures, ...]) -> list[dict]:
	fields = ("key", "asked", "approved", "refused", "refused_pct", "waiting", "withdrawn", "shadow")
	return [{name: getattr(one, name) for name in (*fields, "working_h", "clock_h")} for one in found]


def _bars(found: tuple[Figures, ...]) -> dict | None:
	top = found[:12]
	if not top:
		return None
	return _chart(
		[one.key for one in top], [one.approved for one in top], [one.refused for one in top], "bar"
	)


def _weeks(rows: list) -> dict | None:
	"""Votes by the week in which they were given."""
	votes = {"Approved": Counter(), "Refused": Counter()}
	for row in rows:
		if row.action and row.decided_on:
			day = getdate(row.decided_on)
			votes[row.action][frappe.utils.get_first_day_of_week(day)] += 1
	weeks = sorted(set(votes["Approved"]) | set(votes["Refused"]))
	if not weeks:
		return None
	return _chart(
		[_("Week of {0}").format(frappe.utils.format_date(week)) for week in weeks],
		[votes["Approved"][week] for week in weeks],
		[votes["Refused"][week] for week in weeks],
		"bar",
		(_("Votes For"), _("Votes Against")),
	)


def _chart(
	labels: list[str], approved: list[int], refused: list[int], kind: str, names: tuple[str, str] = ()
) -> dict:
	"""``names``: what is counted, where it is not approvals, as on the cards, but votes."""
	yes, no = names or (_("Approved"), _("Refused"))
	return {
		"data": {
			"labels": labels,
			"datasets": [
				{"name": yes, "values": approved},
				{"name": no, "values": refused},
			],
		},
		"type": kind,
		"barOptions": {"stacked": True},
		"colors": ["#48bb74", "#e24c4c"],
	}


def _summary(all_of_them: Figures) -> list[dict]:
	def card(label, value, datatype="Int", indicator="Grey"):
		return {"label": label, "value": value, "datatype": datatype, "indicator": indicator}

	cards = [
		card(_("Asked"), all_of_them.asked),
		card(_("Approved"), all_of_them.approved, indicator="Green"),
		card(_("Refused"), all_of_them.refused, indicator="Red"),
		card(_("Open"), all_of_them.waiting, indicator="Orange"),
	]
	if all_of_them.shadow:
		cards.append(card(_("Shadow Hits"), all_of_them.shadow))
	if all_of_them.working_h is not None:
		cards.append(card(_("Working Hours (Median)"), in_words.figure(all_of_them.working_h, 1), "Data"))
	return cards
