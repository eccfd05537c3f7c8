"""The Order Board: what is where, how late, worth how much, and what waits for whoever looks."""

import frappe
from frappe.utils import nowdate

from sales_wh_flow.approval.desk import inbox
from sales_wh_flow.base.may import may_read_field
from sales_wh_flow.base.settings import APPROVAL, FORECAST, any_on, is_on
from sales_wh_flow.delays import follow as delays
from sales_wh_flow.order import permissions
from sales_wh_flow.order.rules import who_acts
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE
from sales_wh_flow.order_board.answers import Board, BoardCard, BoardColumn, ShownFigures
from sales_wh_flow.order_board.rules import board as arranging
from sales_wh_flow.order_board.rules.board import BoardFigures, Column
from sales_wh_flow.order_board.store import board as store

CARDS = 25
"""Orders shown in a column; the rest is counted, and a click away."""
MOST_WAITING = 500

MINE, LATE_ONLY, RISKY, FOR_ME = "mine", "late", "at_risk", "waiting_for_me"
SHOWN = (MINE, LATE_ONLY, RISKY, FOR_ME)


def draw(company: str | None, warehouse: str | None, only: list[str]) -> Board:
	"""The orders that the session's user may read, in columns by stage. Two statements, and those of the
	inbox where approvals are asked for; however many orders there are.
	"""
	lateness = tuple(state for what, state in ((LATE_ONLY, LATE), (RISKY, AT_RISK)) if what in only)
	found = store.orders_of_board(
		permissions.orders_visible(),
		_waiting() if FOR_ME in only else "",
		company=company,
		warehouse=warehouse,
		lateness=lateness,
		mine=frappe.session.user if MINE in only else None,
	)
	columns, whole = arranging.arrange(found, CARDS)
	with_values = may_see_values()
	shown = [name for column in columns for name in column.shown]
	cards = store.cards(shown, with_alerts=delays.mode() != delays.OFF)
	return {
		"is_on": any_on(),
		"has_forecast": is_on(FORECAST),
		"today": nowdate(),
		"may_see_values": with_values,
		"whole": _figures(whole, with_values),
		"columns": [_column(column, cards, with_values) for column in columns],
	}


def names_waiting_for_me() -> list[str]:
	"""The orders in which it is the session user's turn."""
	return store.names_waiting(permissions.orders_visible(), _waiting(), MOST_WAITING)


def may_see_values(user: str | None = None) -> bool:
	"""Whether a user may see what orders are worth."""
	return may_read_field("Sales Order", "base_grand_total", user)


def _waiting() -> str:
	roles = frappe.get_roles()
	asked = inbox.orders_waiting_for_me(MOST_WAITING) if is_on(APPROVAL) else ()
	own = who_acts.stages_of_sellers()
	return store.waiting_sql(who_acts.stages_of_roles(roles), own, frappe.session.user, asked)


def _column(column: Column, cards: dict[str, dict], with_values: bool) -> BoardColumn:
	return {
		"stage": column.stage,
		**_figures(column.figures, with_values),
		"warehouses": [
			{"warehouse": name, **_figures(figures, with_values)}
			for name, figures in column.warehouses.items()
		],
		"cards": [_card(cards[name], with_values) for name in column.shown if name in cards],
	}


def _figures(figures: BoardFigures, with_values: bool) -> ShownFigures:
	return {
		"orders": figures.orders,
		"late": figures.late,
		"at_risk": figures.at_risk,
		"value": dict(figures.value) if with_values else None,
	}


def _card(row: dict, with_values: bool) -> BoardCard:
	return {
		"name": row["name"],
		"customer_name": row["customer_name"],
		"flow_status": row["flow_status"],
		"stage": row["stage"],
		"lateness": row["lateness"],
		"lateness_since": str(row["lateness_since"] or ""),
		"company": row["company"],
		"promised_on": str(row["promised_on"] or ""),
		"expected_on": str(row["expected_on"] or ""),
		"ships_on": str(row["ships_on"] or ""),
		"value": row["value"] if with_values else None,
		"currency": row["currency"],
		"warehouse": row["warehouse"],
		"entered_on": str(row["entered_on"] or ""),
		"stage_owner": row["stage_owner"],
		"delay_with": row["delay_with"] or "",
		"snoozed_until": str(row["snoozed_until"] or ""),
	}
