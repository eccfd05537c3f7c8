"""A courier that no program speaks to: people write its prices, numbers and news."""

from sales_wh_flow.couriers.port import CourierAccount, Quote, RateAsk
from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.rules.labels import Label, LabelAsk


class Manual:
	"""Knows the transit days of its services and nothing else."""

	can_track = False
	can_label = False
	knows_keys = False

	def __init__(self, account: CourierAccount):
		self.account = account

	def rate(self, ask: RateAsk) -> tuple[Quote, ...]:
		places = {parcel.warehouse for parcel in ask.parcels}
		services = self.account.services or {"": 0}
		return tuple(
			Quote(service, None, dict.fromkeys(places, days) if days else {})
			for service, days in services.items()
		)

	def label(self, ask: LabelAsk) -> Label | None:
		return None

	def track(self, tracking_no: str) -> tuple[ToldEvent, ...]:
		return ()

	def cancel(self, label_ref: str, tracking_no: str = "") -> bool:
		return False

	def parse_event(self, key: str, body: bytes) -> ToldEvent:
		return courier_message.read_event(key, body, self.account.paths, self.account.words)
