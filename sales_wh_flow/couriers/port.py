"""What every courier can be asked, whoever it is: the one port behind which adapters lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sales_wh_flow.couriers.rules.courier_message import Meaning, Paths, ToldEvent
from sales_wh_flow.couriers.rules.freight import ParcelSize
from sales_wh_flow.couriers.rules.labels import Label, LabelAsk
from sales_wh_flow.routing.rules.zones import Rate


class CourierIsSilent(Exception):
	"""The courier's interface did not answer, or not in a way that could be read."""


class CourierSaysNo(Exception):
	"""The courier answered that it will not; its text says why."""


@dataclass(frozen=True, slots=True)
class CourierAccount:
	"""What the courier's form says. ``services``: {service: working days of transit}; ``words``: in small
	letters."""

	courier: str
	services: Mapping[str, int] = field(default_factory=dict)
	volume_divisor: float = 0.0
	paths: Paths = field(default_factory=Paths)
	words: Mapping[str, Meaning] = field(default_factory=dict)
	carrier: str = ""
	account_no: str = ""
	api_url: str = ""
	api_key: str = ""
	api_secret: str = ""
	is_test: bool = False
	api_more: str = ""
	makes_labels: bool = False
	label_url: str = ""
	label_secret: str = ""
	may_be_private: bool = False


@dataclass(frozen=True, slots=True)
class RateAsk:
	"""Parcels for one address, the zone it lies in, and the company's own rates."""

	parcels: Sequence[ParcelSize]
	zone: str | None = None
	rates: Sequence[Rate] = ()


@dataclass(frozen=True, slots=True)
class Quote:
	"""What one service asks for all the parcels. ``freight`` is None where it does not know; ``transit_days``
	by warehouse, working days."""

	service: str
	freight: float | None = None
	transit_days: Mapping[str, int] = field(default_factory=dict)
	why: str = ""


class CourierPort(Protocol):
	"""An adapter. What a courier does not offer is answered with nothing, never with a guess."""

	can_track: bool
	can_label: bool
	knows_keys: bool
	"""Asked again with the same key it answers with the same label: an answer that was lost can be had."""

	def rate(self, ask: RateAsk) -> tuple[Quote, ...]:
		"""Freight and transit of each service."""

	def label(self, ask: LabelAsk) -> Label | None:
		"""Number and label of a box; None where people get them elsewhere. Raises: CourierIsSilent,
		CourierSaysNo.
		"""

	def track(self, tracking_no: str) -> tuple[ToldEvent, ...]:
		"""All that happened to a parcel. Raises: CourierIsSilent."""

	def cancel(self, label_ref: str, tracking_no: str = "") -> bool:
		"""Whether the label is no longer charged for. Raises: CourierIsSilent."""

	def parse_event(self, key: str, body: bytes) -> ToldEvent:
		"""What a message of the courier says. Raises: ValueError for what can't be read."""
