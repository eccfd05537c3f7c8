"""What is told of a run, taken down while it goes on: everything is counted, the first orders in full."""

from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.figures import Figures, count


class Journal:
	"""Called with each event as it happens. ``events``: those of the first ``most_orders`` orders.

	Whatever happened to the others is in ``figures`` alone: a company's years would not fit into memory.
	"""

	def __init__(self, most_orders: int):
		self.figures = Figures()
		self.events: list[ev.Event] = []
		self._most_orders = most_orders
		self._told: set[str] = set()

	def __call__(self, event: ev.Event) -> None:
		count(self.figures, event)
		if isinstance(event, ev.OrderWritten) and len(self._told) < self._most_orders:
			self._told.add(event.order)
		if event.order in self._told:
			self.events.append(event)
