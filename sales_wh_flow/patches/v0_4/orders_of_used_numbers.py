"""What was told of orders that are deleted, and the links of their pages, are not those of orders that got
their numbers since. May run again.
"""

from sales_wh_flow.milestones.store import former_orders


def execute() -> None:
	former_orders.let_go_of_deleted()
