"""What `billing.api` answers. Amounts are in ``currency``, the company's, but those of an invoice."""

from datetime import date
from typing import TypedDict


class MayBeInvoiced(TypedDict):
	"""``code``: see `billing.sayings`; ``text``: the same in words; ``rows``: how many may be invoiced."""

	code: str
	text: str
	rows: int
	policy: str
	moment: str


class OrderedMoney(TypedDict):
	"""null before the first look at the order's money, and for whom the order keeps its total from."""

	may_be_invoiced: float | None
	ordered: float | None
	invoiced: float | None


class MoneyShown(OrderedMoney, total=False):
	"""What only those read who read the customer's invoices may be missing."""

	state: str | None
	paid: float | None
	overdue: float | None
	due_on: date | None
	promised_until: date | None
	paid_on: date | None
	days_to_cash: int | None


class InvoiceOfOrder(TypedDict):
	"""``grand_total`` in ``currency``, ``outstanding_amount`` in ``party_account_currency``."""

	name: str
	docstatus: int
	status: str
	is_return: int
	due_date: date | None
	currency: str
	grand_total: float
	outstanding_amount: float
	party_account_currency: str | None


class DunningOfOrder(TypedDict):
	name: str
	status: str | None
	docstatus: int
	posting_date: date


class PromiseOfOrder(TypedDict):
	name: str
	sales_order: str
	promised_on: date
	promised_by: str | None
	note: str | None
	state: str | None
	withdrawn: int
	made_on: date


class Debts(TypedDict):
	"""What is for those alone who may read the customer's invoices: empty lists for others. ``drafts``:
	names.
	"""

	sees_debts: bool
	figures: MoneyShown
	drafts: list[str]
	invoices: list[InvoiceOfOrder]
	dunnings: list[DunningOfOrder]


class MoneyPanel(Debts):
	"""The money of an order as its form shows it; ``is_used``: whether Billing is."""

	is_used: bool
	currency: str
	may: MayBeInvoiced
	may_draft: bool
	may_promise: bool
	promises: list[PromiseOfOrder]


class BillingUnused(TypedDict):
	"""While Billing is off. ``is_used``: false."""

	is_used: bool
