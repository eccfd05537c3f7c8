"""How goods leave the company in memory: pick lists from the locks, the pick, the delivery, its arrival."""

from datetime import date, timedelta

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.dispatch.rules import courier
from sales_wh_flow.routing.rules import zones
from sales_wh_flow_demo import boxes
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_state import Delivery, Lock, OrderState, PickList

USUAL_TRANSIT = 2
"""Days, where neither the courier nor a zone says how long a parcel takes."""


def make_pick_lists(world: World, state: OrderState) -> tuple[PickList, ...]:
	"""One pick list a warehouse, of everything locked there that is on none yet."""
	world.give_back_expired(state, [lock for lock in state.locks if not lock.pick_list])
	by_warehouse: dict[str, list[Lock]] = {}
	for lock in state.locks:
		if not lock.pick_list:
			by_warehouse.setdefault(lock.line.warehouse, []).append(lock)
	made = []
	for warehouse, locks in by_warehouse.items():
		pick_list = PickList(world.next_name("PICK"), state.order.name, warehouse, locks)
		for lock in locks:
			lock.pick_list = pick_list.name
		made.append(pick_list)
	state.pick_lists += made
	world.tell(
		state,
		*(
			ev.PickListMade(
				world.today,
				state.order.name,
				pick.name,
				pick.warehouse,
				tuple(lock.line.as_row(lock.qty, lock.lot) for lock in pick.locks),
			)
			for pick in made
		),
	)
	return tuple(made)


def confirm_pick(world: World, pick_list: PickList, actor: str = "") -> None:
	state = world.orders[pick_list.order]
	if not _drop_expired(world, pick_list):
		return
	pick_list.state = "Picked"
	where = (world.today, state.order.name, pick_list.name, pick_list.warehouse)
	kinds, weight_kg = boxes.packed((lock.line.item, lock.qty) for lock in pick_list.locks)
	world.tell(state, ev.Picked(*where, actor), ev.BoxesPacked(*where, kinds, weight_kg))


def _drop_expired(world: World, pick_list: PickList) -> bool:
	"""Takes batches that expired meanwhile off the pick list; whether anything is left on it."""
	state = world.orders[pick_list.order]
	dropped = world.give_back_expired(state, pick_list.locks, pick_list)
	return bool(pick_list.locks) or not dropped


def dispatch(world: World, pick_list: PickList) -> Delivery | None:
	"""The picked goods leave with the order's courier; None when all of them expired meanwhile.

	Raises: RuleViolation for a service it has not.
	"""
	state = world.orders[pick_list.order]
	order = state.order
	carrier = world.couriers.get(order.courier)
	courier.check_service(order.courier, order.service, _services(world, state))
	if not _drop_expired(world, pick_list):
		return None
	rows = tuple(lock.line.as_row(lock.qty, lock.lot) for lock in pick_list.locks)
	goods = tuple(world.stock.as_received(lock.line.bin_key, lock.lot, lock.qty) for lock in pick_list.locks)
	for lock in pick_list.locks:
		world.stock.ship(lock.line.bin_key, lock.lot, lock.qty)
		lock.line.locked = rounded(lock.line.locked - lock.qty)
		lock.line.delivered = rounded(lock.line.delivered + lock.qty)
		state.locks.remove(lock)
	pick_list.locks.clear()
	pick_list.state = "Dispatched"
	arrives = _arrival(world, state, pick_list.warehouse)
	delivery = Delivery(world.next_name("DN"), arrives, goods=goods, rows=rows)
	state.deliveries.append(delivery)
	tracking_no = f"{order.courier[:2].upper()}{world.count('tracking') + 730000000}" if order.courier else ""
	world.tell(
		state,
		ev.GoodsDispatched(
			world.today,
			order.name,
			delivery_note=delivery.name,
			pick_list=pick_list.name,
			warehouse=pick_list.warehouse,
			rows=rows,
			courier=order.courier,
			service=order.service,
			tracking_no=tracking_no,
			tracking_link=courier.tracking_link(carrier.tracking_url, tracking_no) or "" if carrier else "",
			instructions=order.instructions,
		),
	)
	return delivery


def _services(world: World, state: OrderState) -> dict[str, int]:
	"""The services by name that the order's courier offers, and their days."""
	carrier = world.couriers.get(state.order.courier)
	return {row.name: row.transit_days for row in carrier.services if row.name} if carrier else {}


def _arrival(world: World, state: OrderState, warehouse: str) -> date:
	"""What leaves today is there: after the zone's working days where they are known, else the courier's."""
	order = state.order
	rates = world.rates.get(state.customer.zone, ())
	rate = zones.rate_for(rates, state.customer.zone, warehouse, order.courier, order.service)
	if rate and rate.transit_days:
		return _working_days_later(world.today, rate.transit_days)
	carrier = world.couriers.get(order.courier)
	days = {row.name: row.transit_days for row in carrier.services} if carrier else {}
	usual = days.get("", USUAL_TRANSIT)
	return world.today + timedelta(days=days.get(order.service, usual))


def _working_days_later(day: date, count: int) -> date:
	for _working_day in range(count):
		day += timedelta(days=1)
		while day.weekday() > 4:
			day += timedelta(days=1)
	return day


def confirm_delivery(world: World, state: OrderState, delivery: Delivery) -> None:
	delivery.is_confirmed = True
	world.tell(state, ev.DeliveryConfirmed(world.today, state.order.name, delivery.name))
