"""How many orders are in each stage, how many of them late or at risk, and what they are worth."""

from frappe import _

from sales_wh_flow.order_board import board
from sales_wh_flow.order_board.answers import BoardColumn
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for


def execute(filters=None):
	"""Columns, rows and chart; of the orders that the reader may see, with values for who may see them."""
	wanted = asked_for(filters)
	drawn = board.draw(wanted.company or None, wanted.warehouse or None, [])
	rows = [row for one in drawn["columns"] for row in _rows(one, wanted.by_warehouse)]
	shown = _columns(bool(wanted.by_warehouse), drawn["may_see_values"])
	return shown, fit_for_files(shown, rows), None, _chart(drawn["columns"])


def _rows(one: BoardColumn, by_warehouse) -> list[dict]:
	places = one["warehouses"] if by_warehouse else [{**one, "warehouse": ""}] if one["orders"] else []
	return [
		{
			"stage": one["stage"],
			"warehouse": place["warehouse"],
			"orders": place["orders"],
			"late": place["late"],
			"at_risk": place["at_risk"],
			"currency": currency,
			"value": value,
		}
		for place in places
		for currency, value in (place["value"] or {"": None}).items()
	]


def _columns(by_warehouse: bool, with_values: bool) -> list[dict]:
	place = [column("warehouse", _("Warehouse"), "Link", "Warehouse", 200)] if by_warehouse else []
	worth = [
		column("value", _("Value"), "Currency", "currency", 150),
		column("currency", _("Currency"), "Link", "Currency", 90),
	]
	return [
		column("stage", _("Stage"), "Data", width=180),
		*place,
		column("orders", _("Orders"), "Int", width=100),
		column("late", _("Late"), "Int", width=90),
		column("at_risk", _("At Risk"), "Int", width=90),
		*(worth if with_values else []),
	]


def _chart(columns: list[BoardColumn]) -> dict | None:
	shown = [one for one in columns if one["orders"]]
	if not shown:
		return None
	fine = [one["orders"] - one["late"] - one["at_risk"] for one in shown]
	return {
		"data": {
			"labels": [_(one["stage"]) for one in shown],
			"datasets": [
				{"name": _("Late"), "values": [one["late"] for one in shown]},
				{"name": _("At Risk"), "values": [one["at_risk"] for one in shown]},
				{"name": _("Others"), "values": fine},
			],
		},
		"type": "bar",
		"colors": ["#e03636", "#e86c13", "#7ab0dd"],
		"barOptions": {"stacked": 1},
	}
