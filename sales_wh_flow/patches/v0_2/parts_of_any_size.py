"""Routing rules from before there was a smallest part of a line go on splitting as they did.

What a new rule proposes is the column's default, which Frappe gives to old rules, too. Runs once.
"""

from sales_wh_flow.routing.store import rules as routing


def execute() -> None:
	routing.keep_parts_of_any_size()
