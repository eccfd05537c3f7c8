"""A company in memory: orders, approvals, locks, pick lists and deliveries, decided by the rules of the app.

One method is one step of the flow; each changes the state as a whole and then tells what happened as events.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, time, timedelta
from math import fsum

from sales_wh_flow.rules import allocation, approval, status
from sales_wh_flow.rules.approval_facts import ApprovalNeed, CreditFacts, OrderFacts
from sales_wh_flow.rules.facts import WaitingLine
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import is_positive, open_qty, rounded
from sales_wh_flow.rules.routing.facts import BALANCE, RoutingPolicy

from . import events as ev
from .dataset import BATCH, SERIAL, Customer, DataSet, Order, Purchase, StockRow, group_lineage
from .routes import drafted, policy_for, route, with_load
from .stock import StockBook
from .world_books import Arrivals, Ledger, Tasks, Waiting, by_day
from .world_state import CANCELLED, DRAFT, SUBMITTED, Approval, Line, Lock, OrderState


class World:
	"""``watch(world)`` is called after each event: the place for a checker.

	``hear(event)`` is given each event; without it they are kept in ``events``. ``last``: the latest one.
	"""

	def __init__(
		self,
		data: DataSet,
		watch: Callable[["World"], None] | None = None,
		hear: Callable[[ev.Event], None] | None = None,
	):
		self.data = data
		self.watch = watch
		self.last: ev.Event | None = None
		self.today = date.min
		self.events: list[ev.Event] = []
		self._hear = hear or self.events.append
		self.orders: dict[str, OrderState] = {}
		self.stock = StockBook()
		self.ledger = Ledger(data)
		self.tasks = Tasks()
		self.waiting = Waiting()
		self.arrivals = Arrivals(data.purchases)
		self.orders_of = by_day(data.orders)
		self.items = {item.code: item for item in data.items}
		self.customers = {customer.name: customer for customer in data.customers}
		self.couriers = {courier.name: courier for courier in data.couriers}
		self._numbers: dict[str, int] = {}
		self._lineages: dict[str, tuple[str, ...]] = {}
		self._policies: dict[tuple[str, str], RoutingPolicy] = {}
		self._lines_today: dict[date, dict[str, int]] = {}
		for row in data.stock:
			self.stock.receive(row)

	# an order is written, routed, asked about and submitted

	def write(self, order: Order) -> OrderState:
		"""The order as a routed draft with the approvals it owes; submitted at once when it owes none."""
		customer = self.customers[order.customer]
		state = OrderState(order, customer, drafted(order, self.items))
		self.orders[order.name] = state
		routed = route(self.policy(customer), self.stock, state, self.today)
		self._count_lines(state)
		amount = fsum(line.qty * line.price for line in order.lines)
		self.tell(
			state,
			ev.OrderWritten(
				self.today,
				order.name,
				customer=customer.name,
				author=order.author,
				place=customer.city,
				group=customer.group,
				total=state.total_base,
				currency=self.data.company.currency,
				total_order=round(amount, 2),
				order_currency=order.currency,
				lines=len(order.lines),
				courier=order.courier,
				service=order.service,
				instructions=order.instructions,
				due=order.due,
			),
			*routed,
		)
		if self.data.people:
			self.ask(state)
		else:
			self._tell_who_would_be_asked(state)
		self._submit_if_free(state)
		return state

	def _tell_who_would_be_asked(self, state: OrderState) -> None:
		needs = approval.evaluate(self.facts(state), self.data.approval_rules)
		self.tell(
			state,
			*(
				ev.ApprovalOwed(
					self.today,
					state.order.name,
					rule=need.rule,
					criterion=need.criterion,
					measured=need.measured,
					allowed=need.allowed,
					unit=need.unit,
					role=need.approver_role,
				)
				for need in needs
			),
		)

	def policy(self, customer: Customer) -> RoutingPolicy:
		"""The rule for this customer, with what each warehouse was given today."""
		key = (customer.group, customer.zone)
		if key not in self._policies:
			self._policies[key] = policy_for(self.data, customer)
		policy = self._policies[key]
		if policy.strategy != BALANCE and not any(place.lines_per_day for place in policy.candidates):
			return policy
		return with_load(policy, self._lines_today.get(self.today, {}))

	def _count_lines(self, state: OrderState) -> None:
		lines = self._lines_today.get(self.today, {})
		for line in state.lines:
			lines[line.warehouse] = lines.get(line.warehouse, 0) + 1
		self._lines_today = {self.today: lines}

	def lineage(self, group: str) -> tuple[str, ...]:
		if group not in self._lineages:
			self._lineages[group] = group_lineage(self.data.customer_groups, group)
		return self._lineages[group]

	def facts(self, state: OrderState) -> OrderFacts:
		customer = state.customer
		return OrderFacts(
			name=state.order.name,
			company=self.data.company.name,
			customer=customer.name,
			author=state.order.author,
			customer_groups=self.lineage(customer.group),
			currency=state.order.currency,
			total_base=state.total_base,
			credit=CreditFacts(customer.credit_limit, self.outstanding(customer.name, state.order.name)),
			terms=(("ship_to", f"{customer.street}, {customer.city}"),),
			lines=tuple(line.facts() for line in (*state.lines, *state.other_lines)),
		)

	def outstanding(self, customer: str, but_not: str = "") -> float:
		"""Unpaid invoices and submitted orders, less receipts up to today, as ERPNext counts it."""
		return self.ledger.owed(customer, self.today, but_not)

	def ask(self, state: OrderState) -> tuple[Approval, ...]:
		"""Asks for each approval that the order owes and has not; sets aside what no longer speaks of it."""
		facts = self.facts(state)
		digest = approval.fingerprint(facts)
		needs = approval.evaluate(facts, self.data.approval_rules)
		on_record = {asked.name: asked for asked in state.approvals}
		aside: list[Approval] = []
		for old in approval.outdated(needs, [asked.facts() for asked in state.approvals], digest):
			if old.state == approval.OPEN:
				aside.append(on_record[old.name])
			on_record[old.name].state = approval.SUPERSEDED
		standing = {asked.need.rule for asked in state.approvals if asked.state != approval.SUPERSEDED}
		is_own = {rule.name: rule.allows_own_order for rule in self.data.approval_rules}
		author = state.order.author
		new = tuple(
			Approval(self.next_name("APR"), state.order.name, need, digest, author, is_own[need.rule])
			for need in needs
			if need.rule not in standing
		)
		state.approvals += new
		self.tell(
			state,
			*self._set_aside(aside),
			*(
				ev.ApprovalAsked(
					self.today,
					state.order.name,
					approval=asked.name,
					rule=asked.need.rule,
					criterion=asked.need.criterion,
					measured=asked.need.measured,
					allowed=asked.need.allowed,
					unit=asked.need.unit,
					role=asked.need.approver_role,
				)
				for asked in new
			),
		)
		return new

	def decide(
		self,
		state: OrderState,
		asked: Approval,
		actor: str,
		roles: Collection[str],
		verdict: str,
		comment: str = "",
	) -> None:
		"""``verdict``: Approved or Rejected. The last approval submits the order.

		Raises: RuleViolation when this person may not decide, or when it is decided already.
		"""
		approval.check_may_decide(asked.facts(), actor, roles)
		asked.state, asked.decided_by = verdict, actor
		others = state.approvals_in(approval.OPEN) if verdict == approval.REJECTED else []
		for other in others:
			other.state = approval.SUPERSEDED
		self.tell(
			state,
			ev.ApprovalDecided(
				self.today,
				state.order.name,
				approval=asked.name,
				rule=asked.need.rule,
				criterion=asked.need.criterion,
				state=verdict,
				actor=actor,
				comment=comment,
			),
			*self._set_aside(others),
		)
		self._submit_if_free(state)

	def _set_aside(self, approvals: Iterable[Approval]) -> Iterable[ev.Event]:
		for asked in approvals:
			yield ev.ApprovalSetAside(self.today, asked.order, asked.name, asked.need.rule)

	def revise(self, state: OrderState, discount_pct: float) -> None:
		"""The author raises every price that is further below list than ``discount_pct``, and asks anew."""
		for line in (*state.lines, *state.other_lines):
			line.rate_base = max(line.rate_base, line.list_rate_base * (1 - discount_pct / 100))
		what = f"no price more than {discount_pct:g} % below list"
		self.tell(
			state, ev.OrderRevised(self.today, state.order.name, state.order.author, what, state.total_base)
		)
		self.ask(state)
		self._submit_if_free(state)

	def submit(self, state: OrderState) -> None:
		"""Submits the order and locks what is there for it.

		Raises: RuleViolation approval_missing while it owes one, not_a_draft when it is submitted already.
		"""
		name = state.order.name
		if state.docstatus != DRAFT:
			raise RuleViolation("not_a_draft", order=name)
		missing = self.missing(state)
		if missing:
			raise RuleViolation("approval_missing", order=name, rules=tuple(need.rule for need in missing))
		state.docstatus, state.submitted_on = SUBMITTED, self.today
		self.ledger.order(state)
		for line in state.lines:
			line.waiting = line.ordered
		rows = tuple(line.as_row(line.ordered) for line in state.lines)
		locked = self._lock(state, state.lines)
		story = [ev.OrderSubmitted(self.today, name, rows)]
		if locked:
			story.append(ev.StockLocked(self.today, name, locked))
		story += [
			ev.DemandWaits(
				self.today, name, line.as_row(line.waiting), self._incoming(line), self._elsewhere(line)
			)
			for line in state.lines
			if is_positive(line.waiting)
		]
		self.tell(state, *story)

	def missing(self, state: OrderState) -> tuple[ApprovalNeed, ...]:
		"""The approvals it owes and has not; none where there is nobody to give them."""
		if not self.data.people:
			return ()
		facts = self.facts(state)
		needs = approval.evaluate(facts, self.data.approval_rules)
		given = [asked.facts() for asked in state.approvals]
		return approval.missing(needs, given, approval.fingerprint(facts))

	def cancel(self, state: OrderState, actor: str, reason: str) -> None:
		"""Gives back what was locked and serves others with it. Raises: RuleViolation once it is picked."""
		if state.docstatus != SUBMITTED or state.pick_lists:
			raise RuleViolation("cannot_cancel", order=state.order.name)
		released = tuple(lock.line.as_row(lock.qty, lock.lot) for lock in state.locks)
		for lock in state.locks:
			self.stock.unlock(lock.line.bin_key, lock.lot, lock.qty)
		for line in state.lines:
			line.locked = line.waiting = 0.0
		state.locks.clear()
		state.docstatus = CANCELLED
		self.ledger.cancel(state)
		self.waiting.update(state, state.lines)
		self.tell(state, ev.OrderCancelled(self.today, state.order.name, actor, reason, released))
		self.serve({row.item for row in released}, f"cancelled {state.order.name}")

	# stock comes in

	def receive(self, purchases: Iterable[Purchase]) -> tuple[str, ...]:
		"""Takes the goods of one delivery into stock, then serves waiting demand; the orders served."""
		purchases = [row for row in purchases if self.arrivals.take(row)]
		if not purchases:
			return ()
		for purchase in purchases:
			for row in self._arriving(purchase):
				self.stock.receive(row)
		name = purchases[0].name
		rows = tuple(
			ev.Row("", 0, row.item, row.warehouse, row.qty, self.items[row.item].uom) for row in purchases
		)
		self.record(ev.GoodsReceived(self.today, "", name, rows))
		return self.serve({row.item for row in purchases}, f"purchase {name}")

	def serve(self, items: Collection[str], cause: str) -> tuple[str, ...]:
		"""Gives free stock of these items to who waits for it, in their turn; the orders that got some."""
		queue = self.waiting.of(items)
		free = self.stock.free({line.bin_key for _state, line in queue}, self.today)
		queue = [(state, line) for state, line in queue if is_positive(free[line.bin_key])]
		wanted: dict[str, list[Line]] = {}
		for state, line in queue:
			wanted.setdefault(state.order.name, []).append(line)
		served = []
		for name in allocation.serving_order(_waiting_line(state, line) for state, line in queue):
			state = self.orders[name]
			lines = [line for line in wanted[name] if is_positive(free[line.bin_key])]
			locked = self._lock(state, lines) if lines else ()
			free.update(self.stock.free({line.bin_key for line in lines}, self.today))
			if locked:
				served.append(name)
				self.tell(state, ev.StockLocked(self.today, name, locked, cause))
		return tuple(served)

	# what the steps above share

	def _submit_if_free(self, state: OrderState) -> None:
		"""Submits a draft that owes nothing; asks when it owes something new, since the books moved."""
		if state.approvals_in(approval.OPEN) or state.approvals_in(approval.REJECTED):
			return
		if not self.missing(state):
			self.submit(state)
		elif not self.ask(state):
			raise RuleViolation("approval_missing", order=state.order.name)

	def _lock(self, state: OrderState, lines: list[Line]) -> tuple[ev.Row, ...]:
		"""Locks what the plan grants; the waiting demand of each line falls by it."""
		by_row = {line.row: line for line in lines}
		free = self.stock.free({line.bin_key for line in lines}, self.today)
		rows = []
		for grant in allocation.plan([line.facts() for line in lines], free).grants:
			line = by_row[grant.row]
			for lot, qty in self.stock.lock(line.bin_key, grant.qty_stock, self.today):
				state.locks.append(Lock(line, lot, qty))
				line.locked = rounded(line.locked + qty)
				line.waiting = open_qty(line.waiting, qty)
				rows.append(line.as_row(qty, lot))
		self.waiting.update(state, lines)
		return tuple(rows)

	def _arriving(self, purchase: Purchase) -> list[StockRow]:
		item = self.items[purchase.item]
		lot = f"{item.code}-{purchase.name}"
		if item.tracking == BATCH:
			nth = self.count(f"batch {lot}")
			batch = lot if nth == 1 else f"{lot}-{nth}"
			expires = purchase.expected + timedelta(days=365)
			return [StockRow(item.code, purchase.warehouse, purchase.qty, batch, expires)]
		if item.tracking == SERIAL:
			return [
				StockRow(item.code, purchase.warehouse, 1.0, serial_no=f"{lot}-{self.count(lot):03d}")
				for _piece in range(int(purchase.qty))
			]
		return [StockRow(item.code, purchase.warehouse, purchase.qty)]

	def _incoming(self, line: Line) -> str:
		purchase = self.arrivals.next(line.bin_key, self.today)
		if not purchase:
			return ""
		return f"{purchase.qty:g} {line.item.uom} on {purchase.name}, expected {purchase.expected:%d %b}"

	def _elsewhere(self, line: Line) -> str:
		keys = [
			(line.item.code, place.name) for place in self.data.warehouses if place.name != line.warehouse
		]
		free = [
			(qty, warehouse)
			for (_item, warehouse), qty in self.stock.free(keys, self.today).items()
			if is_positive(qty)
		]
		free.sort(key=lambda offer: (-offer[0], offer[1]))
		return ", ".join(f"{qty:g} in {warehouse}" for qty, warehouse in free[:3])

	def next_name(self, series: str) -> str:
		return f"{series}-{self.count(series):04d}"

	def count(self, series: str) -> int:
		self._numbers[series] = self._numbers.get(series, 0) + 1
		return self._numbers[series]

	def tell(self, state: OrderState, *story: ev.Event) -> None:
		"""Records the events, then the status when it changed."""
		self.tasks.update(state)
		if not story:
			return
		now = status.derive(state.status_facts())
		if now != state.status:
			state.status = now
			story = (*story, ev.StatusReached(self.today, state.order.name, now))
		self.record(*story)

	def record(self, *story: ev.Event) -> None:
		for event in story:
			self.last = event
			self._hear(event)
			if self.watch:
				self.watch(self)


def _waiting_line(state: OrderState, line: Line) -> WaitingLine:
	return WaitingLine(
		order=state.order.name,
		row=line.row,
		item_code=line.item.code,
		warehouse=line.warehouse,
		qty_stock=line.waiting,
		due=datetime.combine(state.order.due, time()),
		since=datetime.combine(state.submitted_on or date.min, time()),
		is_whole_number=line.item.is_whole_number,
	)
