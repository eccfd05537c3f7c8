import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.routing.rules import matching, zones


class DeliveryZone(EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.delivery_zone_area.delivery_zone_area import DeliveryZoneArea
		from sales_wh_flow.sales_wh_flow.doctype.delivery_zone_rate.delivery_zone_rate import DeliveryZoneRate

		areas: DF.Table[DeliveryZoneArea]
		enabled: DF.Check
		priority: DF.Int
		rates: DF.Table[DeliveryZoneRate]
		title: DF.Data

	# end: auto-generated types
	def validate(self):
		problems = [*self.problems_of_areas(), *self.problems_of_rates()]
		if problems:
			frappe.throw("<br>".join(problems), title=_("Zone Can't Work"))

	def problems_of_areas(self):
		for row in self.areas:
			if not (row.in_country or row.state or row.postcode):
				yield _("Areas, row #{0} is empty. Enter a country, a state or postcodes.").format(row.idx)
			if row.postcode and not matching.is_postcode_pattern(row.postcode):
				yield _("Areas, row #{0}: {1} is no postcode pattern. Write 10*, SW1?, or 100-199.").format(
					row.idx, frappe.bold(frappe.utils.escape_html(row.postcode))
				)

	def problems_of_rates(self):
		seen = {}
		for row in self.rates:
			for field in ("freight", "freight_per_kg"):
				if flt(row.get(field)) < 0:
					yield _("Rates, row #{0}: {1} is negative. Enter 0 or more.").format(
						row.idx, frappe.bold(_(row.meta.get_label(field)))
					)
			if not 0 <= cint(row.transit_days) <= 365:
				yield _("Rates, row #{0}: {1} transit days are too few or too many. Enter 0 to 365.").format(
					row.idx, frappe.bold(cint(row.transit_days))
				)
			if row.service and not row.courier:
				yield _("Rates, row #{0}: a service needs its courier. Choose one.").format(row.idx)
			key = (row.warehouse or "", row.courier or "", row.service or "")
			yield from self.problems_of_band(row, seen.setdefault(key, []))
			seen[key].append(row)

	def problems_of_band(self, row, before):
		"""Of rows for the same way each weight belongs to one."""
		above, up_to = band_of(row)
		if up_to and up_to <= above:
			yield _("Rates, row #{0}: the band ends with {1} before it begins above {2}.").format(
				row.idx, frappe.bold(up_to), frappe.bold(above)
			)
		for other in before:
			if not (above or up_to or any(band_of(other))):
				yield _("Rates, row #{0} is for the same as row #{1}. Delete one of them.").format(
					row.idx, other.idx
				)
			elif zones.bands_overlap((above, up_to), band_of(other)):
				yield _(
					"Rates, row #{0} has weights in common with row #{1}. Let one band end where the other "
					"begins."
				).format(row.idx, other.idx)


def band_of(row) -> tuple[float, float]:
	"""From and up to which weight a rate holds, in kg; 0: no end."""
	return flt(row.above_weight), flt(row.up_to_weight)
