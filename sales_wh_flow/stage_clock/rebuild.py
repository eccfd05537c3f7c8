"""Put the stage log of old orders together from their documents."""

from sales_wh_flow.stage_clock.rules.rebuild import life
from sales_wh_flow.stage_clock.store import papers


def of(orders: list[str]) -> None:
	"""Write the log of these orders, which have none."""
	papers.write({name: (life(told), known) for name, (told, known) in papers.of_orders(orders).items()})
