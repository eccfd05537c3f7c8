import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.order.store import named_warehouses
from sales_wh_flow.routing.rules import NEAREST, matching

_ABSURD_MONEY = 1_000_000
"""Nobody pays as much for handling or sending an order: a slip of the keyboard."""

_MOST_NAMED = 5

_COSTS = ("handling_per_order", "handling_per_line", "freight_per_km", "transfer_cost")


class WarehouseRoutingRule(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.warehouse_routing_candidate.warehouse_routing_candidate import (
			WarehouseRoutingCandidate,
		)

		brand: DF.Link | None
		candidates: DF.Table[WarehouseRoutingCandidate]
		company: DF.Link
		consolidate: DF.Check
		customer: DF.Link | None
		enabled: DF.Check
		from_template: DF.Data | None
		in_territory: DF.Link | None
		item: DF.Link | None
		max_splits: DF.Int
		max_value: DF.Currency
		max_warehouses: DF.Int
		max_weight: DF.Float
		min_parcel: DF.Currency
		min_part: DF.Percent
		min_share: DF.Percent
		min_value: DF.Currency
		min_weight: DF.Float
		of_customer_group: DF.Link | None
		of_item_group: DF.Link | None
		order_type: DF.Literal["", "Sales", "Maintenance", "Shopping Cart"]
		priority: DF.Int
		ship_complete: DF.Literal["What Is There", "Full Lines", "Full Order"]
		ship_to_country: DF.Link | None
		ship_to_postcode: DF.Data | None
		ship_to_state: DF.Data | None
		strategy: DF.Literal["By Rank", "Nearest", "Cheapest", "Fewest Splits", "Balance Load"]
		title: DF.Data

	# end: auto-generated types
	def validate(self):
		known = named_warehouses.warehouses(row.warehouse for row in self.candidates)
		problems = [
			*self.problems_of_rule(),
			*self.problems_of_scope(),
			*self.problems_of_candidates(known),
			*self.problems_of_costs(),
		]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Rule Can't Work"))
		self.warn_about_coordinates(known)

	def problems_of_rule(self):
		if cint(self.max_splits) < 1:
			yield _("{0} is {1}. Enter 1 to never split a line, or more.").format(
				frappe.bold(_("Warehouses per Line at Most")), frappe.bold(cint(self.max_splits))
			)
		if not 0 <= flt(self.min_share) <= 100:
			yield _("{0} is {1}. Enter a share from 0 to 100.").format(
				frappe.bold(_("Minimum Share of a Line")), frappe.bold(flt(self.min_share))
			)
		if not 0 <= flt(self.min_part) <= 50:
			yield _("{0} is {1}. Enter a share from 0 to 50: two halves are the largest parts.").format(
				frappe.bold(_("Smallest Part of a Line")), frappe.bold(flt(self.min_part))
			)
		if flt(self.min_parcel) < 0:
			yield _("{0} is {1}. Enter 0 for parcels of any value, or more.").format(
				frappe.bold(_("Smallest Parcel Value")), frappe.bold(flt(self.min_parcel))
			)
		if not self.candidates:
			yield _(
				"Without a candidate no line can be routed. Add a warehouse, or disable the rule by {0}."
			).format(frappe.bold(_("Enabled")))

	def problems_of_scope(self):
		if self.ship_to_postcode and not matching.is_postcode_pattern(self.ship_to_postcode):
			yield _("{0} is no postcode pattern. Write 10*, SW1? or 10000-10999, by commas.").format(
				frappe.bold(frappe.utils.escape_html(self.ship_to_postcode))
			)
		for low, high in (("min_value", "max_value"), ("min_weight", "max_weight")):
			if flt(self.get(high)) and flt(self.get(low)) > flt(self.get(high)):
				yield _("{0} {1} is more than {2} {3}: no order can fit. Swap them.").format(
					_(self.meta.get_label(low)), self.get(low), _(self.meta.get_label(high)), self.get(high)
				)

	def problems_of_candidates(self, known):
		seen = {}
		for row in self.candidates:
			name = frappe.bold(frappe.utils.escape_html(row.warehouse or ""))
			if problem := self.problem_of_warehouse(known.get(row.warehouse)):
				yield _("Row #{0}: warehouse {1} {2}").format(row.idx, name, problem)
			if row.warehouse in seen:
				yield _("Row #{0}: warehouse {1} stands in row #{2} already. Delete one of them.").format(
					row.idx, name, seen[row.warehouse]
				)
			if cint(row.rank) < 1:
				yield _("Row #{0}: rank {1} of warehouse {2} is too low. 1 is asked first.").format(
					row.idx, frappe.bold(cint(row.rank)), name
				)
			seen.setdefault(row.warehouse, row.idx)

	def problem_of_warehouse(self, warehouse):
		if warehouse is None:
			return _("does not exist. Choose another one.")
		if warehouse.company != self.company:
			return _("belongs to {0}, not to {1}. Choose one of this company.").format(
				frappe.bold(warehouse.company), frappe.bold(self.company)
			)
		if warehouse.disabled:
			return _("is disabled. Enable it or choose another one.")
		if not warehouse.is_group and not warehouse.is_sellable:
			return _("does not sell. Tick Sells in the warehouse or choose another one.")
		if not warehouse.sellable_below:
			return _("is a group without a warehouse below it that sells. Choose another one.")
		return None

	def problems_of_costs(self):
		for row in self.candidates:
			for field in _COSTS:
				amount = flt(row.get(field))
				if not 0 <= amount < _ABSURD_MONEY:
					yield _("Row #{0}: {1} is {2}. Enter an amount from 0 to {3}.").format(
						row.idx, frappe.bold(_(row.meta.get_label(field))), frappe.bold(amount), _ABSURD_MONEY
					)
			if not 0 <= cint(row.transfer_days) <= 365:
				yield _("Row #{0}: {1} transfer days are too few or too many. Enter 0 to 365.").format(
					row.idx, frappe.bold(cint(row.transfer_days))
				)

	def warn_about_coordinates(self, known):
		"""Some with and some without: those without come last, or cost like the farthest; who meant that?"""
		leaves = {name: it for name, it in known.items() if not it.is_group}
		blind = sorted(name for name, warehouse in leaves.items() if not warehouse.has_coordinates)
		asks_for_distance = self.strategy == NEAREST or any(
			flt(row.freight_per_km) for row in self.candidates
		)
		if blind and (len(blind) < len(leaves) or asks_for_distance):
			named = [frappe.bold(frappe.utils.escape_html(name)) for name in blind[:_MOST_NAMED]]
			more = len(blind) - len(named)
			frappe.msgprint(
				_(
					"No coordinates: {0}. Unless their postcode is listed in Postcode Place, they come after "
					"the others and count as far away as the farthest."
				).format(", ".join([*named, *([_("and {0} more").format(more)] if more else [])])),
				alert=True,
				indicator="orange",
			)
