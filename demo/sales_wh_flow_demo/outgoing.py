"""How goods leave the company in memory: pick lists from the locks, the pick, the delivery, its arrival."""

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.dispatch.rules import courier
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_state import Delivery, Lock, OrderState, PickList


def make_pick_lists(world: World, state: OrderState) -> tuple[PickList, ...]:
	"""One pick list a warehouse, of everything locked there that is on none yet."""
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
	pick_list.state = "Picked"
	world.tell(state, ev.Picked(world.today, state.order.name, pick_list.name, pick_list.warehouse, actor))


def dispatch(world: World, pick_list: PickList) -> Delivery:
	"""The picked goods leave with the order's courier. Raises: RuleViolation for a service it has not."""
	state = world.orders[pick_list.order]
	order = state.order
	carrier = world.couriers.get(order.courier)
	services = {row.name: row.transit_days for row in carrier.services} if carrier else {}
	courier.check_service(order.courier, order.service, services)
	rows = tuple(lock.line.as_row(lock.qty, lock.lot) for lock in pick_list.locks)
	for lock in pick_list.locks:
		world.stock.ship(lock.line.bin_key, lock.lot, lock.qty)
		lock.line.locked = rounded(lock.line.locked - lock.qty)
		lock.line.delivered = rounded(lock.line.delivered + lock.qty)
		state.locks.remove(lock)
	pick_list.locks.clear()
	pick_list.state = "Dispatched"
	delivery = Delivery(world.next_name("DN"), world.today, services.get(order.service, 2))
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


def confirm_delivery(world: World, state: OrderState, delivery: Delivery) -> None:
	delivery.is_confirmed = True
	world.tell(state, ev.DeliveryConfirmed(world.today, state.order.name, delivery.name))
