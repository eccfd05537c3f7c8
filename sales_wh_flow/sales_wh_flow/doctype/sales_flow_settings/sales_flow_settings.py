import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from sales_wh_flow.base import background, said
from sales_wh_flow.billing import follow_policies
from sales_wh_flow.packing.rules import sscc
from sales_wh_flow.setup import rights_of_the_way, warehouse_sight
from sales_wh_flow.stock_lock import end_component_locks, fix_stock_settings, sayings
from sales_wh_flow.stock_lock.store import events, reservations


class SalesFlowSettings(Document):
	def validate(self):
		self.check_native_settings()
		self.check_fulfilment_has_locks()
		self.check_office_hours()
		self.check_alerts_have_a_forecast()
		self.check_gs1_prefixes()

	def check_gs1_prefixes(self):
		for row in self.packing_companies:
			if row.gs1_prefix and not sscc.is_prefix(row.gs1_prefix):
				frappe.throw(
					_("Row #{0}: a GS1 Company Prefix has 7 to 10 digits, not {1}.").format(
						row.idx, frappe.bold(frappe.utils.escape_html(row.gs1_prefix))
					),
					title=_("GS1 Company Prefix"),
				)

	def check_native_settings(self):
		"""The lock rests on ERPNext's Stock Reservation: without it deliveries leave locks behind."""
		found = fix_stock_settings.contradictions() if self.stock_lock == "On" else []
		if found:
			frappe.msgprint(
				"<br>".join([*found, _("Then switch Stock Lock on again.")]),
				title=_("Stock Settings Contradict Stock Lock"),
				indicator="red",
				raise_exception=frappe.ValidationError,
				primary_action={
					"label": _("Correct Stock Settings"),
					"server_action": "sales_wh_flow.stock_lock.api.correct_stock_settings",
					"hide_on_success": True,
				},
			)

	def check_fulfilment_has_locks(self):
		if self.fulfilment == "On" and self.stock_lock != "On":
			frappe.throw(
				_("Pick and Dispatch fills Pick Lists from locks. Switch Stock Lock on as well."),
				title=_("Stock Lock Is Off"),
			)

	def check_alerts_have_a_forecast(self):
		if (self.delay_alerts or "Off") != "Off" and self.forecast != "On":
			frappe.throw(
				_("Delay Alerts are raised by the forecast. Switch Forecast on as well."),
				title=_("Forecast Is Off"),
			)

	def check_office_hours(self):
		opens, closes = self.approval_office_from or "", self.approval_office_to or ""
		if opens > closes:
			frappe.throw(
				_(
					"Office hours from {0} to {1} end before they begin. Enter the later time under {2}; "
					"the same time twice means the whole day."
				).format(opens, closes, frappe.bold(_("Office Hours To"))),
				title=_("Office Hours"),
			)

	def on_update(self):
		if self.has_value_changed("orders_seen_from_warehouses"):
			warehouse_sight.apply_sight(bool(cint(self.orders_seen_from_warehouses)))
		if self.has_value_changed("rights_of_the_way"):
			rights_of_the_way.give_rights(bool(cint(self.rights_of_the_way)))
		if self.stock_lock == "On" and self.has_value_changed("stock_lock"):
			events.take_in(said.keep(sayings.held_when_switched_on))
			self.take_in_open_orders()
		if self.stock_lock != "On" and self.has_value_changed("stock_lock"):
			end_component_locks.end_locks_of_components(said.keep(sayings.switched_off))
		if self.has_value_changed("billing"):
			follow_policies.look_anew()
		switched = ("stock_lock", "approval", "forecast")
		if any(self.has_value_changed(switch) for switch in switched) or self.packs_otherwise():
			background.owe(
				"sales_wh_flow.order.jobs.refresh_open_orders", queue="long", job_id="refresh_open_orders"
			)

	def packs_otherwise(self) -> bool:
		"""Whether boxes count now where they did not, or the other way round: then orders in flight become
		Packing, or Ready for Dispatch.
		"""
		before = self.get_doc_before_save()
		return bool(before) and _gates(before) != _gates(self)

	def take_in_open_orders(self):
		"""Orders from before stock reservation was used wait for stock like new ones.

		ERPNext unticked Reserve Stock on their lines, since it was switched off then.
		"""
		if reservations.were_ever_made():
			return
		lines = reservations.opt_in_open_lines()
		if lines:
			frappe.msgprint(
				_("{0} lines of open orders now wait for stock and are locked as it becomes free.").format(
					lines
				),
				alert=True,
			)


def _gates(settings) -> tuple:
	rows = settings.get("packing_companies") or ()
	return (settings.get("packing") or "Off", tuple(sorted((row.company, row.gate) for row in rows)))
