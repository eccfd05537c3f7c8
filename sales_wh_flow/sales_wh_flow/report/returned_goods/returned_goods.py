"""What came back: why, of whom, by which courier, how long it waited for a decision, what it is worth."""

from collections import Counter

from frappe import _

from sales_wh_flow.returns import figures
from sales_wh_flow.returns.rules.figures import GROUPS
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for

_LINKS = {"reason": "Return Reason", "item_code": "Item", "customer": "Customer", "courier": "Courier"}
_MOST_BARS = 12


def execute(filters=None):
	wanted = asked_for(filters)
	field = GROUPS.get(wanted.group_by or "")
	rows = figures.summed_up(wanted, field) if field else figures.each_row(wanted)
	columns = _sum_columns(field, wanted.group_by) if field else _columns()
	return columns, fit_for_files(columns, rows), None, _chart_of_sums(rows, field) if field else _chart(rows)


def _chart(rows: list[dict]) -> dict | None:
	"""What became of the rows."""
	became = Counter(row["decision"] or "" for row in rows)
	if not became:
		return None
	names = [_(decision) if decision else _("Not Decided") for decision in sorted(became)]
	counts = [became[decision] for decision in sorted(became)]
	return {"data": {"labels": names, "datasets": [{"name": _("Rows"), "values": counts}]}, "type": "bar"}


def _chart_of_sums(rows: list[dict], field: str) -> dict | None:
	"""Of what most came back."""
	if not rows:
		return None
	most = rows[:_MOST_BARS]
	labels = [row[field] or _("None Given") for row in most]
	return {
		"data": {
			"labels": labels,
			"datasets": [{"name": _("Rows"), "values": [row["rows"] for row in most]}],
		},
		"type": "bar",
	}


def _columns() -> list[dict]:
	return [
		column("return_case", _("Return Case"), "Link", "Return Case", 140),
		column("announced_on", _("Announced On"), "Date", width=110),
		column("customer", _("Customer"), "Link", "Customer", 150),
		column("reason", _("Reason"), "Link", "Return Reason", 140),
		column("item_code", _("Item"), "Link", "Item", 150),
		column("qty_stock", _("Received"), "Float", width=90),
		column("stock_uom", _("UOM"), "Link", "UOM", 70),
		column("decision", _("Decision"), "Data", width=100),
		column("remedy", _("Remedy"), "Data", width=90),
		column("hours", _("Hours to Decision"), "Float", width=110),
		column("courier", _("Courier"), "Link", "Courier", 120),
		column("delivery_note", _("Delivery Note"), "Link", "Delivery Note", 150),
		column("warehouse", _("Came Into"), "Link", "Warehouse", 140),
		*_money(),
	]


def _sum_columns(field: str, label: str) -> list[dict]:
	return [
		column(field, _(label), "Link", _LINKS[field], 200),
		column("cases", _("Cases"), "Int", width=80),
		column("rows", _("Rows"), "Int", width=80),
		column("waiting", _("Not Decided"), "Int", width=120),
		column("hours_half", _("Hours to Decision: Half Within"), "Float", width=230),
		column("hours_longest", _("Longest"), "Float", width=100),
		*_money(),
	]


def _money() -> list[dict]:
	"""What stock is worth, and what was credited, for who may read the ledgers."""
	found = []
	if figures.may_read_stock_values():
		found += [
			column("restocked", _("Value Restocked"), "Currency", "currency", 120),
			column("quarantined", _("Value Quarantined"), "Currency", "currency", 130),
			column("scrapped", _("Value Scrapped"), "Currency", "currency", 120),
		]
	if figures.may_read_credits():
		found.append(column("credited", _("Credited (Net)"), "Currency", "currency", 120))
	currency = {**column("currency", _("Currency"), "Link", "Currency", 80), "hidden": 1}
	return [*found, currency] if found else []
