"""Delay alerts, findings of gates, tasks to put away and returns of orders that are deleted are not those of
orders that got their numbers since. May run again.
"""

from sales_wh_flow.delays.store import alerts
from sales_wh_flow.order import let_go


def execute() -> None:
	let_go.let_go_of_former_numbers()
	alerts.end_former()
