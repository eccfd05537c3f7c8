"""How long orders stay in each stage of their life: at the middle, at nine of ten, and the longest."""

from frappe import _

from sales_wh_flow.order.rules.stages import STAGES
from sales_wh_flow.sales_wh_flow.report.columns import column, fit_for_files
from sales_wh_flow.sales_wh_flow.report.filters import asked_for
from sales_wh_flow.stage_clock import measure

EACH = "Each Stay"
BY_WAREHOUSE = "By Stage and Warehouse"
FILTERS = ("company", "warehouse", "stage", "sales_order", "from_date", "to_date")


def execute(filters=None):
	"""Columns and rows. Stages of orders that the reader may not see never leave the database."""
	wanted = asked_for(filters)
	rows = measure.visible(**{name: wanted.get(name) for name in FILTERS})
	if wanted.show == EACH:
		columns = _columns()
		return columns, fit_for_files(columns, [{**row, "hours": round(row["hours"], 2)} for row in rows])
	is_by_warehouse = wanted.show == BY_WAREHOUSE
	found = measure.figures_by(rows, _by_warehouse if is_by_warehouse else _by_stage)
	listed = sorted(found, key=lambda it: (STAGES.index(it[0]), *it[1:]))
	rows = [_figure_row(key, found[key]) for key in listed]
	columns = _figure_columns(is_by_warehouse)
	return columns, fit_for_files(columns, rows), None, _chart(rows)


def _by_stage(row) -> tuple[str, str, str]:
	return row["stage"], row["delay_of"], ""


def _by_warehouse(row) -> tuple[str, str, str]:
	return row["stage"], row["delay_of"], row["warehouse"] or ""


def _figure_row(key: tuple[str, str, str], found) -> dict:
	def rounded(hours):
		return None if hours is None else round(hours, 2)

	stage, delay_of, warehouse = key
	return {
		**{"stage": stage, "delay_of": delay_of, "warehouse": warehouse},
		**{"stays": found.stays, "lasting": found.lasting},
		**{
			"p50_h": rounded(found.p50_h),
			"p90_h": rounded(found.p90_h),
			"longest_h": rounded(found.longest_h),
		},
	}


def _figure_columns(is_by_warehouse: bool) -> list[dict]:
	warehouse = [column("warehouse", _("Warehouse"), "Link", "Warehouse", 180)] if is_by_warehouse else []
	return [
		column("stage", _("Stage"), "Data", width=150),
		*warehouse,
		column("delay_of", _("Whose Delay"), "Data", width=110),
		column("stays", _("Times"), "Int", width=80),
		column("lasting", _("There Now"), "Int", width=100),
		column("p50_h", _("Hours (Half of Them)"), "Float", width=170),
		column("p90_h", _("Hours (9 of 10)"), "Float", width=140),
		column("longest_h", _("Hours (Longest)"), "Float", width=140),
	]


def _columns() -> list[dict]:
	return [
		column("sales_order", _("Sales Order"), "Link", "Sales Order", 190),
		column("stage", _("Stage"), "Data", width=150),
		column("stage_owner", _("Who Acts"), "Data", width=110),
		column("delay_of", _("Whose Delay"), "Data", width=110),
		column("warehouse", _("Warehouse"), "Link", "Warehouse", 180),
		column("entered_on", _("Entered"), "Datetime", width=160),
		column("left_on", _("Left On"), "Datetime", width=160),
		column("hours", _("Hours"), "Float", width=90),
		column("cause", _("Cause"), "Data", width=300),
		column("rebuilt", _("Told by Documents"), "Check", width=130),
	]


def _chart(rows: list[dict]) -> dict | None:
	shown = [row for row in rows if row["p50_h"] is not None]
	if not shown:
		return None
	labels = [f"{_(row['stage'])} {row['warehouse']}".strip() for row in shown]
	return {
		"data": {
			"labels": labels,
			"datasets": [
				{"name": _("Half of Them"), "values": [row["p50_h"] for row in shown]},
				{"name": _("9 of 10"), "values": [row["p90_h"] for row in shown]},
			],
		},
		"type": "bar",
	}
