"""A company in memory: orders, approvals, locks, pick lists and deliveries, decided by the rules of the app.

One method is one step of the flow; each changes the state as a whole and then tells what happened as events.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from math import fsum

from sales_wh_flow.approval.rules import needs as approval
from sales_wh_flow.approval.rules import votes
from sales_wh_flow.approval.rules.facts import ApprovalNeed, CreditFacts, OrderFacts
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.routing.rules.facts import BALANCE, RoutingPolicy
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import parcels
from sales_wh_flow_demo.dataset import Customer, DataSet, Order, group_lineage
from sales_wh_flow_demo.routes import drafted, policy_for, rates_by_zone, route, with_load
from sales_wh_flow_demo.world_books import Ledger, by_day
from sales_wh_flow_demo.world_state import CANCELLED, DRAFT, SUBMITTED, Approval, OrderState
from sales_wh_flow_demo.world_stock import Stockroom


class World(Stockroom):
	"""The stockroom with its orders and who is asked about them."""

	def __init__(
		self,
		data: DataSet,
		watch: Callable[["World"], None] | None = None,
		hear: Callable[[ev.Event], None] | None = None,
	):
		super().__init__(data, watch, hear)
		self.ledger = Ledger(data)
		self.orders_of = by_day(data.orders)
		self.customers = {customer.name: customer for customer in data.customers}
		self.couriers = {courier.name: courier for courier in data.couriers}
		self.rates = rates_by_zone(data)
		self._lineages: dict[str, tuple[str, ...]] = {}
		self._policies: dict[tuple[str, str, str, str], RoutingPolicy] = {}
		self._taxes = {tax.country: tax.rate_pct for tax in data.taxes}
		self._lines_today: dict[date, dict[str, int]] = {}

	# an order is written, routed, asked about and submitted

	def write(self, order: Order) -> OrderState:
		"""The order as a routed draft with the approvals it owes; submitted at once when it owes none."""
		customer = self.customers[order.customer]
		state = OrderState(
			order, customer, drafted(order, self.items), tax_pct=self._taxes.get(customer.country, 0.0)
		)
		self.orders[order.name] = state
		routed = route(self.policy(customer, order), self.stock, state, self.today)
		self._count_lines(state)
		amount = fsum(line.qty * line.price for line in order.lines) * (1 + state.tax_pct / 100)
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
				is_taxed=state.tax_pct > 0,
			),
			*routed,
			self._parcels(state),
		)
		if self.data.people:
			self.ask(state)
		else:
			self._tell_who_would_be_asked(state)
		self._submit_if_free(state)
		return state

	def _parcels(self, state: OrderState) -> ev.ParcelsPlanned:
		parts = [(line.item.code, line.warehouse, line.ordered) for line in state.lines]
		places = [place.name for place in self.data.warehouses]
		free = self.stock.free(parcels.bins(parts, places), self.today)
		ordered = parcels.ordered(state.order, self.items)
		return parcels.planned(self.today, state.order.name, parts, free, places, ordered)

	def _tell_who_would_be_asked(self, state: OrderState) -> None:
		needs = approval.evaluate(self.facts(state), self.data.approval_rules)
		self.tell(
			state,
			*(ev.ApprovalOwed(self.today, state.order.name, **_said(need)) for need in needs),
		)

	def policy(self, customer: Customer, order: Order) -> RoutingPolicy:
		"""The rule for this customer, with what each warehouse was given today."""
		key = (customer.group, customer.zone, order.courier, order.service)
		if key not in self._policies:
			self._policies[key] = policy_for(self.data, customer, order.courier, order.service)
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
				ev.ApprovalAsked(self.today, state.order.name, approval=asked.name, **_said(asked.need))
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
		if asked.state != approval.OPEN:
			raise RuleViolation("already_decided", approval=asked.name, state=asked.state)
		votes.claim(asked.asking(), votes.Person(actor, frozenset(roles)))
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
		locked = self.lock(state, state.lines)
		story = [ev.OrderSubmitted(self.today, name, rows)]
		if locked:
			story.append(ev.StockLocked(self.today, name, locked))
		story += [
			ev.DemandWaits(
				self.today,
				name,
				line.as_row(line.waiting),
				self.incoming(line),
				self.elsewhere(line),
				self.broken(line),
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

	def _submit_if_free(self, state: OrderState) -> None:
		"""Submits a draft that owes nothing; asks when it owes something new, since the books moved."""
		if state.approvals_in(approval.OPEN) or state.approvals_in(approval.REJECTED):
			return
		if not self.missing(state):
			self.submit(state)
		elif not self.ask(state):
			raise RuleViolation("approval_missing", order=state.order.name)


def _said(need: ApprovalNeed) -> dict:
	"""What is told of an approval that is or would be asked for."""
	return {
		"rule": need.rule,
		"criterion": need.criterion,
		"measured": need.measured,
		"allowed": need.allowed,
		"unit": need.unit,
		"role": need.approver_role,
	}
