import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from sales_wh_flow.base import background, said
from sales_wh_flow.billing import follow_policies
from sales_wh_flow.packing.rules import sscc
from sales_wh_flow.setup import rights_of_the_way, warehouse_sight
from sales_wh_flow.stock_lock import end_component_locks, fix_stock_settings, repair, sayings
from sales_wh_flow.stock_lock.serving import wake
from sales_wh_flow.stock_lock.store import events, open_demand, reservations


class SalesFlowSettings(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.delay_owner.delay_owner import DelayOwner
		from sales_wh_flow.sales_wh_flow.doctype.packing_company.packing_company import PackingCompany
		from sales_wh_flow.sales_wh_flow.doctype.return_place.return_place import ReturnPlace
		from sales_wh_flow.sales_wh_flow.doctype.shortage_policy.shortage_policy import ShortagePolicy

		approval: DF.Literal["Off", "On"]
		approval_ask_once: DF.Check
		approval_email_template: DF.Link | None
		approval_link_hours: DF.Int
		approval_link_without_login: DF.Check
		approval_notify_desk: DF.Check
		approval_notify_email: DF.Check
		approval_notify_todo: DF.Check
		approval_of_invoices: DF.Literal["Ask", "Warn", "Off"]
		approval_of_machines: DF.Literal["Keep as Draft and Ask", "Refuse"]
		approval_of_quotations: DF.Literal["Preview", "Approve Before Submit"]
		approval_office_from: DF.Literal[
			"00:00",
			"00:15",
			"00:30",
			"00:45",
			"01:00",
			"01:15",
			"01:30",
			"01:45",
			"02:00",
			"02:15",
			"02:30",
			"02:45",
			"03:00",
			"03:15",
			"03:30",
			"03:45",
			"04:00",
			"04:15",
			"04:30",
			"04:45",
			"05:00",
			"05:15",
			"05:30",
			"05:45",
			"06:00",
			"06:15",
			"06:30",
			"06:45",
			"07:00",
			"07:15",
			"07:30",
			"07:45",
			"08:00",
			"08:15",
			"08:30",
			"08:45",
			"09:00",
			"09:15",
			"09:30",
			"09:45",
			"10:00",
			"10:15",
			"10:30",
			"10:45",
			"11:00",
			"11:15",
			"11:30",
			"11:45",
			"12:00",
			"12:15",
			"12:30",
			"12:45",
			"13:00",
			"13:15",
			"13:30",
			"13:45",
			"14:00",
			"14:15",
			"14:30",
			"14:45",
			"15:00",
			"15:15",
			"15:30",
			"15:45",
			"16:00",
			"16:15",
			"16:30",
			"16:45",
			"17:00",
			"17:15",
			"17:30",
			"17:45",
			"18:00",
			"18:15",
			"18:30",
			"18:45",
			"19:00",
			"19:15",
			"19:30",
			"19:45",
			"20:00",
			"20:15",
			"20:30",
			"20:45",
			"21:00",
			"21:15",
			"21:30",
			"21:45",
			"22:00",
			"22:15",
			"22:30",
			"22:45",
			"23:00",
			"23:15",
			"23:30",
			"23:45",
		]
		approval_office_to: DF.Literal[
			"00:00",
			"00:15",
			"00:30",
			"00:45",
			"01:00",
			"01:15",
			"01:30",
			"01:45",
			"02:00",
			"02:15",
			"02:30",
			"02:45",
			"03:00",
			"03:15",
			"03:30",
			"03:45",
			"04:00",
			"04:15",
			"04:30",
			"04:45",
			"05:00",
			"05:15",
			"05:30",
			"05:45",
			"06:00",
			"06:15",
			"06:30",
			"06:45",
			"07:00",
			"07:15",
			"07:30",
			"07:45",
			"08:00",
			"08:15",
			"08:30",
			"08:45",
			"09:00",
			"09:15",
			"09:30",
			"09:45",
			"10:00",
			"10:15",
			"10:30",
			"10:45",
			"11:00",
			"11:15",
			"11:30",
			"11:45",
			"12:00",
			"12:15",
			"12:30",
			"12:45",
			"13:00",
			"13:15",
			"13:30",
			"13:45",
			"14:00",
			"14:15",
			"14:30",
			"14:45",
			"15:00",
			"15:15",
			"15:30",
			"15:45",
			"16:00",
			"16:15",
			"16:30",
			"16:45",
			"17:00",
			"17:15",
			"17:30",
			"17:45",
			"18:00",
			"18:15",
			"18:30",
			"18:45",
			"19:00",
			"19:15",
			"19:30",
			"19:45",
			"20:00",
			"20:15",
			"20:30",
			"20:45",
			"21:00",
			"21:15",
			"21:30",
			"21:45",
			"22:00",
			"22:15",
			"22:30",
			"22:45",
			"23:00",
			"23:15",
			"23:30",
			"23:45",
		]
		approval_rate_tolerance: DF.Percent
		approval_remind_hours: DF.Float
		backorder_days: DF.Int
		billing: DF.Literal["Off", "Shadow", "On"]
		customer_page: DF.Check
		customer_page_days: DF.Int
		delay_alerts: DF.Literal["Off", "Shadow", "On"]
		delay_digest: DF.Literal["Off", "On"]
		delay_escalate_hours: DF.Float
		delay_owners: DF.Table[DelayOwner]
		early_invoices: DF.Literal["Off", "Shadow", "Warn", "Block"]
		forecast: DF.Literal["Off", "On"]
		forecast_least_orders: DF.Int
		fulfilment: DF.Literal["Off", "On"]
		goods_for_order_first: DF.Check
		keep_on_refusal: DF.Check
		keep_photos_days: DF.Int
		keep_positions: DF.Check
		keep_positions_days: DF.Int
		lead_approval_days: DF.Float
		lead_transit_days: DF.Float
		lead_warehouse_days: DF.Float
		longest_lock_wait: DF.Int
		message_digest_minutes: DF.Int
		message_keep_days: DF.Int
		message_stale_hours: DF.Int
		messages: DF.Literal["Off", "Shadow", "On"]
		messages_need_consent: DF.Check
		notes_of_order: DF.Literal["One for All Warehouses", "One a Warehouse"]
		orders_seen_from_warehouses: DF.Check
		packing: DF.Literal["Off", "Shadow", "Warn", "Block"]
		packing_companies: DF.Table[PackingCompany]
		packing_tolerance: DF.Percent
		partial_lock: DF.Literal["What is there", "Full lines only", "Full order only"]
		post_counts_of_locked_stock: DF.Check
		private_webhooks: DF.Check
		release_on_hold: DF.Check
		return_documents: DF.Literal["Draft", "Submitted"]
		return_places: DF.Table[ReturnPlace]
		return_waiver_role: DF.Link | None
		return_window_days: DF.Int
		returns: DF.Literal["Off", "On"]
		returns_from_page: DF.Check
		rights_of_the_way: DF.Check
		routing: DF.Literal["Off", "On"]
		serve_short_picks: DF.Check
		shared_phones: DF.Check
		serving: DF.Literal["By Itself", "After a Look"]
		shortage_policies: DF.Table[ShortagePolicy]
		stock_lock: DF.Literal["Off", "On"]
		submit_door_payments: DF.Check
		submit_material_requests: DF.Check
		tell_sellers: DF.Check
		transfer_requests: DF.Literal["When an Order Is Submitted", "By Hand"]
		trust_batches: DF.Check
		typing_holds: DF.Check
		unpaid_boxes: DF.Literal["Off", "Shadow", "Warn", "Block"]
		unproved_boxes: DF.Literal["Off", "Shadow", "Warn", "Block"]
		unscanned_rows: DF.Literal["Off", "Shadow", "Warn", "Block"]
		waiting_batch: DF.Int

	# end: auto-generated types
	def validate(self):
		self.check_native_settings()
		self.check_fulfilment_has_locks()
		self.check_office_hours()
		self.check_alerts_have_a_forecast()
		self.check_gs1_prefixes()
		self.check_links_work()

	def check_links_work(self):
		if self.customer_page and cint(self.customer_page_days) < 1:
			frappe.throw(
				_("Links to the customer's page work for at least 1 day. Enter the days in {0}.").format(
					frappe.bold(_("Links Work for (Days)"))
				),
				title=_("Customer's Page"),
			)

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
			wake.serve_soon()
			self.leave_returns_out_of_demand()
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

	def leave_returns_out_of_demand(self):
		if repair.stop_asking_for_returns():
			frappe.msgprint(
				_("Selling Settings: {0} is ticked now, so that nobody asks for what came back.").format(
					frappe.bold(frappe.get_meta("Selling Settings").get_label(open_demand.NOT_FOR_RETURNS))
				),
				alert=True,
			)

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
