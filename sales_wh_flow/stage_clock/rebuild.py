"""Put the stage log of old orders together from their documents."""

from sales_wh_flow.stage_clock.rules.rebuild import life
from sales_wh_flow.stage_clock.store import papers


def rebuild_logs(orders: list[str]) -> None:
	"""Write the log of these orders, which have none."""
	papers.write_log(
		{name: (life(told), known) for name, (told, known) in papers.known_of_orders(orders).items()}
	)
