"""Labels that couriers made before they had rows of their own get one. May run again."""

from sales_wh_flow.couriers.store import labels


def execute() -> None:
	labels.write_down_earlier()
