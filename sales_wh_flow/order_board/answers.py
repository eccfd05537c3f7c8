"""What `order_board.api` answers. Days are text, "" for none."""

from datetime import datetime
from typing import TypedDict

from sales_wh_flow.door_money.answers import TakenAtDoor
from sales_wh_flow.order.answers import Backorder
from sales_wh_flow.reroute.answers import BroughtLine
from sales_wh_flow.returns.answers import CameBack


class OverviewLine(TypedDict):
	"""``row``: of the order, or a component's. Unit: stock UOM. ``brought_to``: where it goes first, "" for
	none; ``route_reason``: in words.

	``order_qty``, ``order_uom``: as it stands on the order. ``arrived``: confirmed as delivered. ``free``: of
	what is ``waiting``, how much lies free for it.
	"""

	row: str
	idx: int
	item_code: str
	item_name: str | None
	warehouse: str | None
	uom: str
	ordered: float
	order_qty: float
	order_uom: str
	delivered: float
	arrived: float
	locked: float
	picked: float
	waiting: float
	free: float
	route_reason: str
	brought_to: str
	promised_on: str
	expected_on: str


class ListOfOrder(TypedDict):
	"""A Pick List, once for each warehouse that it picks from."""

	name: str
	docstatus: int
	status: str | None
	warehouse: str | None


class NoteOfOrder(TypedDict):
	"""A Delivery Note. ``delivered_on``: when the customer had the goods, null before."""

	name: str
	docstatus: int
	tracking_no: str | None
	delivered_on: datetime | None
	tracking_link: str | None


class PromiseShown(TypedDict):
	"""What was asked and promised for, and when the order is expected; ``words``: what that rests on."""

	requested_on: str
	first_promised_on: str
	last_promised_on: str
	forecast_on: str
	forecast_latest_on: str
	forecast_ships_on: str
	lateness: str
	lateness_since: str
	words: str


class DelayShown(TypedDict):
	"""Where a delayed order is stuck since when, whose delay that is (Us, Customer, Supplier, Courier), and
	who is asked to mend it: a person's full name or a role, "" for nobody. ``step``: what helps, in words.
	"""

	stage: str
	since: str
	delay_of: str
	delay_with: str
	snoozed_until: str
	snooze_reason: str
	step: str


class OrderRead(TypedDict):
	"""An order at a glance. ``promise``: null while the forecast is off; ``delay``: where it is on time."""

	flow_status: str | None
	lines: list[OverviewLine]
	pick_lists: list[ListOfOrder]
	delivery_notes: list[NoteOfOrder]
	backorders: list[Backorder]
	promise: PromiseShown | None
	delay: DelayShown | None


class OrderOverview(OrderRead):
	"""What the order's form shows. ``transfers``: what is to be brought together; ``door_money``: what was
	paid at the door for its boxes.
	"""

	transfers: list[BroughtLine]
	returns: CameBack
	door_money: list[TakenAtDoor]


class ShownFigures(TypedDict):
	"""How many orders; ``value``: {currency: sum}, null for who may not see what orders are worth."""

	orders: int
	late: int
	at_risk: int
	value: dict[str, float] | None


class WarehouseFigures(ShownFigures):
	"""``warehouse``: "" = several."""

	warehouse: str


class BoardCard(TypedDict):
	"""An order on the board. ``value``: in ``currency``, null for who may not see it. ``delay_with``: who is
	asked to mend its delay, a person's full name or a role.
	"""

	name: str
	customer_name: str | None
	flow_status: str | None
	stage: str
	lateness: str | None
	lateness_since: str
	company: str
	promised_on: str
	expected_on: str
	ships_on: str
	value: float | None
	currency: str
	warehouse: str | None
	entered_on: str
	stage_owner: str | None
	delay_with: str
	snoozed_until: str


class BoardColumn(ShownFigures):
	"""The orders in a stage; at most 25 of them are cards."""

	stage: str
	warehouses: list[WarehouseFigures]
	cards: list[BoardCard]


class Board(TypedDict):
	"""``is_on``: whether any capability is; ``has_forecast``: whether days are expected at all."""

	is_on: bool
	has_forecast: bool
	today: str
	may_see_values: bool
	whole: ShownFigures
	columns: list[BoardColumn]


class NextStep(TypedDict):
	"""``do``: open (that document), or make_pick_lists, make_invoice or what_is_missing with the order."""

	do: str
	doctype: str
	name: str


class DoneForOne(TypedDict):
	"""What came of one order of many. ``made``: documents of ``doctype``; ``message``: why not, "" where
	done.
	"""

	sales_order: str
	is_done: bool
	doctype: str
	made: list[str]
	message: str
