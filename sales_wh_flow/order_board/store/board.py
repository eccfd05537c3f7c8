"""The orders of the board: those in a stage that it shows, found by the index on the stage."""

from collections.abc import Iterable, Sequence

import frappe

from sales_wh_flow.base import trees
from sales_wh_flow.order.rules import who_acts
from sales_wh_flow.order_board.rules.board import COLUMNS, BoardOrder

MOST = 20_000
"""Orders on a board, at most; a site with more of them open filters by company or warehouse."""

_ON_BOARD = "`tabSales Order` force index (primary, swf_on_board)"
"""Orders by their stage, never all of them: what is over is the most of them."""

_FILTERS = {
	"company": "`tabSales Order`.company = %(company)s",
	"warehouse": f"""exists (select 1 from `tabSales Order Item` soi where soi.parent = `tabSales Order`.name
		and soi.warehouse in {trees.below_sql("Warehouse", "%(warehouse)s")})""",
	"lateness": "`tabSales Order`.swf_lateness in %(lateness)s",
	"mine": "`tabSales Order`.owner = %(mine)s",
}


def orders_of_board(visible: str, waiting: str = "", **given: object) -> list[BoardOrder]:
	"""One statement. ``visible`` and ``waiting`` are finished SQL conditions on ``tabSales Order``."""
	wanted = {name: value for name, value in given.items() if value}
	conditions = [*(_FILTERS[name] for name in wanted), *(_bound(it) for it in (visible, waiting) if it)]
	rows = frappe.db.sql(
		f"""select `tabSales Order`.name, `tabSales Order`.swf_stage, coalesce(log.warehouse, ''),
			company.default_currency, `tabSales Order`.base_grand_total,
			coalesce(`tabSales Order`.swf_lateness, ''),
			coalesce(`tabSales Order`.swf_last_promised_on, `tabSales Order`.delivery_date)
		from {_ON_BOARD} join `tabCompany` company on company.name = `tabSales Order`.company
		left join `tabOrder Stage Log` log on log.name = `tabSales Order`.swf_stage_row
		where `tabSales Order`.swf_stage in %(stages)s and `tabSales Order`.docstatus < 2
			{"".join(f" and ({it})" for it in conditions)} limit %(most)s""",
		{**wanted, "stages": COLUMNS, "most": MOST},
	)
	return [
		BoardOrder(name, stage, place, currency, float(value or 0), lateness, promised)
		for name, stage, place, currency, value, lateness, promised in rows
	]


def cards(names: Iterable[str], with_alerts: bool) -> dict[str, dict]:
	"""What is shown of each order, ``with_alerts`` also with whom its delay lies; one statement."""
	wanted = tuple(names)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select so.name, so.customer_name, so.swf_flow_status flow_status, so.swf_stage stage,
			so.swf_lateness lateness, so.swf_lateness_since lateness_since, so.company,
			coalesce(so.swf_last_promised_on, so.delivery_date) promised_on, so.swf_forecast_on expected_on,
			so.swf_forecast_ships_on ships_on, so.base_grand_total value, log.warehouse, log.entered_on,
			log.stage_owner, company.default_currency currency,
			coalesce(person.full_name, nullif(alert.responsible_user, ''), alert.responsible_role, '')
				delay_with,
			if(alert.state = 'Snoozed', alert.snoozed_until, null) snoozed_until
		from `tabSales Order` so join `tabCompany` company on company.name = so.company
		left join `tabOrder Stage Log` log on log.name = so.swf_stage_row
		left join `tabDelay Alert` alert on alert.open_of_order = so.name and alert.is_shadow = 0
			and %(with_alerts)s
		left join `tabUser` person on person.name = alert.responsible_user
		where so.name in %(names)s""",
		{"names": wanted, "with_alerts": int(with_alerts)},
		as_dict=True,
	)
	return {row.name: row for row in rows}


def waiting_sql(stages: Sequence[str], own_stages: Sequence[str], user: str, asked: Sequence[str]) -> str:
	"""The SQL condition for orders that wait for somebody: in these stages, in those if they wrote it and no
	approver has to act first, or asked about.
	"""
	found = []
	if stages:
		found.append(f"`tabSales Order`.swf_stage in {_listed(stages)}")
	if own_stages:
		own = frappe.db.escape(user)
		found.append(
			f"`tabSales Order`.swf_stage in {_listed(own_stages)} and `tabSales Order`.owner = {own}"
			f" and `tabSales Order`.swf_flow_status not in {_listed(who_acts.STATUSES_OF_APPROVERS)}"
		)
	if asked:
		found.append(f"`tabSales Order`.name in {_listed(asked)}")
	return " or ".join(f"({it})" for it in found) or "1 = 0"


def names_waiting(visible: str, waiting: str, most: int) -> list[str]:
	"""The orders that wait, the latest first; one statement."""
	more = f"and ({_bound(visible)})" if visible else ""
	rows = frappe.db.sql(
		f"""select `tabSales Order`.name from {_ON_BOARD}
		where `tabSales Order`.swf_stage in %(stages)s and `tabSales Order`.docstatus < 2
			and ({_bound(waiting)}) {more}
		order by `tabSales Order`.delivery_date, `tabSales Order`.name limit %(most)s""",
		{"stages": COLUMNS, "most": most},
	)
	return [row[0] for row in rows]


def next_document(order: str, doctype: str, docstatus: int) -> str | None:
	"""The oldest document of this kind made from the order."""
	sql = _DOCUMENTS[doctype]
	rows = frappe.db.sql(sql, {"order": order, "docstatus": docstatus})
	return rows[0][0] if rows else None


_DOCUMENTS = {
	"Pick List": """select list.name from `tabPick List Item` row join `tabPick List` list
		on list.name = row.parent where row.sales_order = %(order)s and list.docstatus = %(docstatus)s
		order by list.creation limit 1""",
	"Delivery Note": """select note.name from `tabDelivery Note Item` row join `tabDelivery Note` note
		on note.name = row.parent where row.against_sales_order = %(order)s
		and note.docstatus = %(docstatus)s and note.is_return = 0 and note.swf_delivered_on is null
		order by note.creation limit 1""",
	"Sales Invoice": """select bill.name from `tabSales Invoice Item` row join `tabSales Invoice` bill
		on bill.name = row.parent where row.sales_order = %(order)s and bill.docstatus = %(docstatus)s
		and (bill.docstatus = 0 or bill.outstanding_amount > 0) order by bill.creation limit 1""",
}


def _bound(condition: str) -> str:
	"""A per cent sign in a name is no placeholder."""
	return condition.replace("%", "%%")


def _listed(values: Sequence[str]) -> str:
	return "(" + ", ".join(frappe.db.escape(value) for value in values) + ")"
