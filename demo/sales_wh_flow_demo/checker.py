"""What must be true of the in-memory world after every event."""

from sales_wh_flow.approval.rules.needs import APPROVED, evaluate, fingerprint
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_state import DRAFT, SUBMITTED, OrderState


class BrokenInvariant(AssertionError):
	"""The world is in a state that may never be."""


class Checker:
	"""Called with the world after each event; ``checks`` counts what was looked at.

	Raises: BrokenInvariant that names the order or Bin and the figures.
	"""

	def __init__(self) -> None:
		self.checks = 0
		self._submitted: set[str] = set()

	def __call__(self, world: World) -> None:
		name = world.last.order if world.last else ""
		if name:
			self.check_order(world.orders[name])
			self.check_gate(world, world.orders[name])
			self.check_bins(world, {line.bin_key for line in world.orders[name].lines})

	def check_all(self, world: World) -> None:
		"""Every order and every Bin, and that the locks of the orders are what the Bins say."""
		for state in world.orders.values():
			self.check_order(state)
		self.check_bins(world, set(world.stock.lots))
		promised: dict[tuple[str, str, str], float] = {}
		for state in world.orders.values():
			for lock in state.locks:
				key = (*lock.line.bin_key, lock.lot)
				promised[key] = rounded(promised.get(key, 0.0) + lock.qty)
		for bin_key, lots in world.stock.lots.items():
			for lot_name, lot in lots.items():
				expected = promised.get((*bin_key, lot_name), 0.0)
				self._demand(
					lot.locked == expected, f"{bin_key} {lot_name}: locked {lot.locked}, owed {expected}"
				)

	def check_order(self, state: OrderState) -> None:
		"""locked + waiting + delivered = ordered, for each line of a submitted order; a draft has none."""
		for line in state.lines:
			there = rounded(line.locked + line.waiting + line.delivered)
			expected = rounded(line.ordered) if state.docstatus == SUBMITTED else 0.0
			self._demand(
				there == expected,
				f"{line.row}: locked {line.locked} + waiting {line.waiting} + delivered {line.delivered}"
				f" is not {expected}",
			)

	def check_bins(self, world: World, keys: set[tuple[str, str]]) -> None:
		"""0 <= locked <= on hand, for each batch and serial number, so for each Bin."""
		for key in keys:
			for lot in world.stock.lots.get(key, {}).values():
				is_sound = not is_positive(-lot.locked) and not is_less(lot.on_hand, lot.locked)
				self._demand(is_sound, f"{key} {lot.name}: locked {lot.locked} of {lot.on_hand}")

	def check_gate(self, world: World, state: OrderState) -> None:
		"""A submitted order has every approval that its rules owe, none of them decided by its author."""
		name = state.order.name
		if state.docstatus == DRAFT or name in self._submitted or not world.data.people:
			return
		self._submitted.add(name)
		facts = world.facts(state)
		digest = fingerprint(facts)
		given = {
			asked.need.rule
			for asked in state.approvals
			if asked.state == APPROVED and asked.fingerprint == digest
		}
		owed = {need.rule for need in evaluate(facts, world.data.approval_rules)}
		self._demand(owed <= given, f"{name}: submitted without {sorted(owed - given)}")
		for asked in state.approvals:
			is_own = asked.decided_by == asked.author and not asked.allows_own_order
			self._demand(not is_own, f"{name}: {asked.name} was decided by its own author")

	def _demand(self, is_true: bool, message: str) -> None:
		self.checks += 1
		if not is_true:
			raise BrokenInvariant(message)
