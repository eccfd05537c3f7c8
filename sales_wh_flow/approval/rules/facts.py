"""What approval rules are told: orders, customers, rules, approvals on record. Units as in ``facts``."""

from dataclasses import dataclass
from datetime import date

from sales_wh_flow.order.rules.facts import LineFacts


@dataclass(frozen=True, slots=True)
class SharedCredit:
	"""What the customers of a group owe together, against the one limit that they share."""

	group: str
	limit_base: float = 0.0
	outstanding_base: float = 0.0
	pending_base: float = 0.0


@dataclass(frozen=True, slots=True)
class CreditFacts:
	"""A customer's credit with one company. ``limit_base`` 0 means that no limit was set.

	``pending_base``: other orders of the customer that wait for approval. ``shared``: a limit that he shares
	with others, which counts beside his own.
	"""

	limit_base: float = 0.0
	outstanding_base: float = 0.0
	pending_base: float = 0.0
	shared: SharedCredit | None = None


@dataclass(frozen=True, slots=True)
class CustomerFacts:
	"""What is known of a customer in one company. ``oldest_days``: for how long the oldest debt is overdue.

	``on_account_base``: payments and credit notes that settle no invoice yet; they have paid the oldest debts
	here, so ``overdue_base``, ``overdue_count`` and ``oldest_days`` speak of what is left.
	``orders``: submitted orders before this one; ``last_order``: the date of the last of them.
	"""

	overdue_base: float = 0.0
	overdue_count: int = 0
	oldest_days: int = 0
	orders: int = 0
	last_order: date | None = None
	on_account_base: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderFacts:
	"""A Sales Order as the rules see it.

	``customer_groups``, ``territories``: the customer's own first, then each parent up to the root.
	``total_base``: what the order adds to the customer's exposure (the grand total).
	``terms``: further material facts that an approver saw (address, payment terms), compared as text.
	``notes``: what is written for the customer and the warehouse, and the rows of the payment schedule.
	``special``: (kind of special terms, what is written there), see ``approval.rules.measure_orders``.
	``asked_on``: the day on which the rules are asked; ``due``: the earliest delivery date of a line.
	``answers``: rule name -> what its own condition says of the order: true, false, or why it failed.
	``typed``: (what, as typed on the order, as the master says) of everything that differs from its master.
	``given``: (way, share of the worth of its lines) of what is given on the whole order beside their prices;
	the ways are the switches of ``approval.rules.measure`` that leave them out.
	``unknown_rate``: (currency, exchange rate as typed) of an order in a currency whose rate is on no record;
	``unknown_price_rate``: the same of what its prices are compared by.
	"""

	name: str
	company: str
	customer: str
	author: str
	customer_groups: tuple[str, ...] = ()
	currency: str = ""
	total_base: float = 0.0
	credit: CreditFacts = CreditFacts()
	terms: tuple[tuple[str, str], ...] = ()
	lines: tuple[LineFacts, ...] = ()
	company_currency: str = ""
	territories: tuple[str, ...] = ()
	order_type: str = ""
	sales_partner: str = ""
	history: CustomerFacts | None = None
	notes: tuple[tuple[str, str], ...] = ()
	special: tuple[tuple[str, str], ...] = ()
	asked_on: date | None = None
	due: date | None = None
	answers: tuple[tuple[str, bool | str], ...] = ()
	typed: tuple[tuple[str, str, str], ...] = ()
	given: tuple[tuple[str, float], ...] = ()
	unknown_rate: tuple[str, float] | None = None
	unknown_price_rate: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class RuleScope:
	"""Which orders, and of these which lines, a rule looks at. An empty field means any."""

	customer: str = ""
	territory: str = ""
	order_type: str = ""
	sales_partner: str = ""
	valid_from: date | None = None
	valid_to: date | None = None
	item_group: str = ""
	brand: str = ""
	warehouse: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalRuleFacts:
	"""An Order Approval Rule. An empty scope field means any.

	``measure``, ``comparison``: see ``approval.rules.criteria``; empty = the first its criterion offers.
	``threshold`` is an amount in ``currency`` (empty: the company's) where amounts are measured;
	``amounts``: (currency, threshold) for companies of other currencies.
	``tolerance``: how much worse an approved order may get, see ``approval.rules.still_covers``.
	``options``: the switches of ``approval.rules.measure`` that are on. ``condition``: what its author wrote.
	``gone``: the scope field whose record no longer exists.
	"""

	name: str
	criterion: str
	threshold: float
	approver_role: str
	company: str = ""
	customer_group: str = ""
	allows_own_order: bool = False
	measure: str = ""
	comparison: str = ""
	currency: str = ""
	amounts: tuple[tuple[str, float], ...] = ()
	scope: RuleScope = RuleScope()
	options: tuple[str, ...] = ()
	tolerance: float = 0.0
	is_shadow: bool = False
	version: int = 1
	condition: str = ""
	gone: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalNeed:
	"""One rule that an order hits: what was measured and what is allowed, in ``unit``.

	``unit``: '%', 'amount' (company currency), 'days', 'count', 'qty', or '' for yes or no.
	``amount_base``: the order's grand total. ``facts``: what the order itself brings to the rule, the larger
	the worse, see ``approval.rules.still_covers``. ``error``: why the rule could not be asked; the order
	waits all the same.
	"""

	rule: str
	criterion: str
	approver_role: str
	measured: float
	allowed: float
	unit: str
	detail: tuple[tuple[str, float | str], ...] = ()
	measure: str = ""
	comparison: str = ""
	amount_base: float = 0.0
	identity: str = ""
	facts: tuple[tuple[str, float], ...] = ()
	tolerance: float = 0.0
	rule_version: int = 1
	is_shadow: bool = False
	error: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
	"""One Order Approval on record. ``state``: Open, Approved, Rejected or Superseded.

	``identity``, ``facts``: those of the need it was asked for; empty in records of the first version.
	"""

	name: str
	rule: str
	state: str
	fingerprint: str
	identity: str = ""
	facts: tuple[tuple[str, float], ...] = ()
