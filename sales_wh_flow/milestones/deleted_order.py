"""An order is deleted, and its number may be given to another one."""

from sales_wh_flow.base import said
from sales_wh_flow.milestones import sayings
from sales_wh_flow.milestones.store import page_links, people, queue


def let_go_of_order(order: str) -> None:
	"""What was asked about it goes, its links end, what was told stays on record. Four statements."""
	people.drop_wishes(order)
	page_links.outlive_page(order)
	queue.outlive_deleted_order(order, said.keep(sayings.order_is_gone))
