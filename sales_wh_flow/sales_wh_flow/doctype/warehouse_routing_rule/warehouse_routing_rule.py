import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from sales_wh_flow.store import stocks


class WarehouseRoutingRule(Document):
	def validate(self):
		known = stocks.warehouses(row.warehouse for row in self.candidates)
		problems = [*self.problems_of_rule(), *self.problems_of_candidates(known)]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Rule Can't Work"))
		self.warn_about_coordinates(known)

	def problems_of_rule(self):
		if cint(self.max_splits) < 1:
			yield _("{0} is {1}. Enter 1 to never split a line, or more.").format(
				frappe.bold(_("Warehouses per Line at Most")), frappe.bold(cint(self.max_splits))
			)
		if not self.candidates:
			yield _(
				"Without a candidate no line can be routed. Add a warehouse, or disable the rule by {0}."
			).format(frappe.bold(_("Enabled")))

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
		if warehouse.is_group:
			return _("is a group and holds no stock. Choose the warehouses below it.")
		if warehouse.disabled:
			return _("is disabled. Enable it or choose another one.")
		return None

	def warn_about_coordinates(self, known):
		"""Some with and some without: those without come last of their rank, which nobody may have meant."""
		blind = [name for name, warehouse in known.items() if not warehouse.has_coordinates]
		if blind and len(blind) < len(known):
			frappe.msgprint(
				_("No coordinates: {0}. They come after the other warehouses of their rank.").format(
					", ".join(frappe.bold(frappe.utils.escape_html(name)) for name in sorted(blind))
				),
				alert=True,
				indicator="orange",
			)
