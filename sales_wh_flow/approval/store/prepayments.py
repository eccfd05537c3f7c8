"""What orders that were approved under a prepayment have to get, and got, before goods leave."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.order.store.paid_ahead import AHEAD_HERE, OWED_HERE

_CENTS = 2


@dataclass(frozen=True, slots=True)
class OwedPrepayment:
	"""One order under such a condition; amounts in the company's currency."""

	order: str
	percent: float
	currency: str
	wanted_base: float
	paid_base: float

	@property
	def missing_base(self) -> float:
		return max(round(self.wanted_base - self.paid_base, _CENTS), 0.0)


def owed(orders: Iterable[str]) -> list[OwedPrepayment]:
	"""Those of the orders that an approval lets go only after a prepayment, by name.

	Paid is what was paid ahead on the order, and what was paid of its invoices: what is credited or written
	off is not.
	"""
	names = tuple(orders)
	if not names:
		return []
	wanted = frappe.db.sql(
		"""select sales_order, max(condition_value) from `tabOrder Approval`
		where sales_order in %s and state = 'Approved' and condition_state = 'Accepted'
			and condition_kind = 'Prepayment'
		group by sales_order order by sales_order""",
		(names,),
	)
	if not wanted:
		return []
	percents = dict(wanted)
	rows = frappe.db.sql(_PAID, {"orders": tuple(percents)})
	return [
		OwedPrepayment(
			order,
			percents[order],
			currency,
			round(flt(total) * percents[order] / 100, _CENTS),
			flt(ahead) + flt(of_invoices),
		)
		for order, currency, total, ahead, of_invoices in rows
	]


# An invoice of several orders counts for each by the share of its rows. A credit note counts with its sign:
# it pays for nothing. What was written off was paid by nobody.
_PAID = f"""select so.name, company.default_currency, so.base_grand_total,
	{AHEAD_HERE},
	billed.paid
from `tabSales Order` so join `tabCompany` company on company.name = so.company
left join (
	select part.sales_order, sum(part.share * (part.total - part.outstanding - part.written_off)) paid
	from (
		select item.sales_order, si.base_grand_total total,
			sum(item.base_net_amount) / nullif(si.base_net_total, 0) share,
			{OWED_HERE.format("si")} outstanding,
			si.base_write_off_amount + coalesce((select sum(row.credit - row.debit)
				from `tabJournal Entry Account` row
				join `tabJournal Entry` entry on entry.name = row.parent and entry.docstatus = 1
					and entry.voucher_type = 'Write Off Entry'
				where row.reference_type = 'Sales Invoice' and row.reference_name = si.name), 0) written_off
		from `tabSales Invoice Item` item join `tabSales Invoice` si on si.name = item.parent
		where item.sales_order in %(orders)s and si.docstatus = 1
		group by item.sales_order, si.name
	) part group by part.sales_order
) billed on billed.sales_order = so.name
where so.name in %(orders)s order by so.name"""
