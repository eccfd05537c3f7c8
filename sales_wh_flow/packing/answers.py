"""What `packing.api` answers. Quantities are in stock UOM, weights in kg, lengths in cm."""

from datetime import datetime
from typing import TypedDict


class LeftOfList(TypedDict):
	"""``orders``: how many; ``order``, ``customer_name``: the first one's; ``left``: rows with something left
	to pack, of ``rows``.
	"""

	orders: int
	customer_name: str | None
	order: str
	rows: int
	left: int


class ListToPack(LeftOfList):
	"""A submitted Pick List with something left to pack."""

	name: str
	warehouse: str | None
	courier: str | None


class ContentRow(TypedDict):
	"""What lies in a box."""

	name: str
	order: str | None
	item_code: str
	item_name: str | None
	qty: float
	uom: str | None
	batch_no: str | None
	serial_nos: list[str]


class OpenBox(TypedDict):
	"""A box that still stands in the warehouse. ``label``: the file of the courier's;
	``label_made_on``: by its interface. ``cod_amount``: to be collected at the door, in the company's
	currency.
	"""

	name: str
	state: str
	box_type: str | None
	parent_box: str | None
	expected_kg: float
	weighed_kg: float
	delivery_note: str | None
	sscc: str | None
	courier: str | None
	tracking_no: str | None
	label: str | None
	label_made_on: datetime | None
	cod_amount: float


class BoxAnswer(OpenBox):
	"""A box with what lies in it, after a step."""

	contents: list[ContentRow]


class BoxOfAddress(BoxAnswer):
	"""A box beside the list that is packed. ``is_of_list``: something of what is packed lies in it."""

	is_of_list: bool


class PutPart(TypedDict):
	"""A part of what was scanned: for which order it is."""

	item_code: str
	qty: float
	order: str
	batch_no: str | None
	serial_no: str | None


class PutAnswer(BoxAnswer):
	"""``put``: what went into the box."""

	put: list[PutPart]


class CloseAnswer(BoxAnswer):
	"""``is_closed``: not where the weight is beyond the tolerance and nobody is sure."""

	is_closed: bool


class UsedBoxType(TypedDict):
	"""A Box Type in use. ``own_cost``: in the company's currency; sides and weights: 0 where unknown."""

	name: str
	kind: str
	length_cm: float
	width_cm: float
	height_cm: float
	tare_kg: float
	max_weight_kg: float
	own_cost: float


class RowToPack(TypedDict):
	"""A picked row. ``picked``: and not delivered yet; ``left``: of that, not in a box yet."""

	name: str
	order: str
	item_code: str
	item_name: str | None
	uom: str | None
	batch_no: str | None
	serial_nos: list[str]
	picked: float
	left: float


class ProposedBox(TypedDict):
	"""``kind``: a Box Type; ``goods``: (item, quantity)."""

	kind: str
	goods: tuple[tuple[str, float], ...]
	weight_kg: float
	filled_pct: float


class ProposedBoxes(TypedDict):
	"""``unknown``: items that nobody measured; ``too_large``: those that fit no box there is."""

	boxes: tuple[ProposedBox, ...]
	unknown: tuple[str, ...]
	too_large: tuple[str, ...]


class ShipToPacked(TypedDict):
	"""What goes to one address from one warehouse. ``text``: the address in lines."""

	customer: str
	customer_name: str | None
	ship_to: str | None
	warehouse: str
	text: str
	courier: str | None
	orders: list[str]
	rows: list[RowToPack]
	boxes: list[BoxOfAddress]
	proposal: ProposedBoxes


class ToPack(TypedDict):
	"""What is left of a Pick List, or of an order. ``gate``: Off, Shadow, Warn or Block; ``is_picked``: the
	list is no draft any more.
	"""

	pick_list: str | None
	order: str | None
	is_picked: bool
	gate: str
	types: list[UsedBoxType]
	ship_tos: list[ShipToPacked]


class KnownStation(TypedDict):
	"""A Packing Station. ``way``: Browser, QZ Tray or File; ``printer``: as its computer calls it."""

	name: str
	way: str
	printer: str
	prints_on_close: bool
	prints_packing_list: bool


class PrintJob(TypedDict):
	"""``way``: Browser, QZ Tray or File; ``kind``: Page (then ``format`` is the Print Format to open), PDF or
	ZPL (then ``content`` is it, in base64); ``name``: of the file.
	"""

	way: str
	printer: str
	kind: str
	format: str
	content: str
	name: str
