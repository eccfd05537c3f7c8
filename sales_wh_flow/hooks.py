from sales_wh_flow.doc_events import DOC_EVENTS as doc_events  # noqa: F401 - Frappe reads it
from sales_wh_flow.stand_ins import STAND_INS as override_whitelisted_methods  # noqa: F401 - as above

try:
	from sales_wh_flow.base.compat import CLASS_HOOK as _class_hook
	from sales_wh_flow.base.compat import DESK as _desk
except ImportError:  # read by a program that has no Frappe
	_class_hook, _desk = "override_doctype_class", "/app"

app_name = "sales_wh_flow"
app_title = "Sales WH Flow"
app_publisher = "Sales WH Flow contributors"
app_description = "Approval, stock lock, warehouse routing and dispatch for ERPNext sales orders in one flow"
app_email = "sales-wh-flow@example.com"
app_license = "GPL-3.0"
required_apps = ["frappe/erpnext"]

before_install = "sales_wh_flow.setup.install.before_install"
after_install = "sales_wh_flow.setup.install.after_install"
after_migrate = "sales_wh_flow.setup.install.after_migrate"
before_uninstall = "sales_wh_flow.setup.install.before_uninstall"
before_tests = "sales_wh_flow.setup.install.before_tests"

extend_bootinfo = "sales_wh_flow.boot.extend"

add_to_apps_screen = [
	{
		"name": app_name,
		"logo": "/assets/sales_wh_flow/images/order-flow.svg",
		"title": app_title,
		"route": f"{_desk}/order-flow",
		"has_permission": "sales_wh_flow.order.permissions.opens_the_app",
	}
]

# The words of each capability's refusals, see base/refusals.py.
_refuse = (
	*("base", "scanning", "order", "stock_lock", "approval", "routing", "order_changes", "shortage"),
	*("reroute", "dispatch", "picking", "packing", "couriers", "delivery", "returns", "delays", "billing"),
	*("milestones", "first_steps", "collection", "door_money"),
)
swf_refusals = [f"sales_wh_flow.{it}.refusals.texts" for it in _refuse]

swf_flow_status_changed = ["sales_wh_flow.milestones.follow_status.status_changed"]  # by its one writer
# Told which orders an alert was raised for: {order: (promised, expected)}.
swf_orders_delayed = ["sales_wh_flow.milestones.follow_status.orders_delayed"]
# Asked which of these orders, which are held, are being opened again: their boxes stay here.
swf_orders_taken_back = ["sales_wh_flow.returns.reopen_plan.orders_taken_back"]

# Work that is written down until it is done, see base/background.py.
swf_owed_work = [
	"sales_wh_flow.approval.mail.requests",
	"sales_wh_flow.base.notify.write_logs",
	"sales_wh_flow.billing.jobs.take_in_orders",
	"sales_wh_flow.couriers.jobs.confirm_delivered",
	"sales_wh_flow.couriers.jobs.follow_invoiced",
	"sales_wh_flow.delivery.jobs.close_handover",
	"sales_wh_flow.order.jobs.refresh_open_orders",
	"sales_wh_flow.picking.jobs.serve_short_pick",
	"sales_wh_flow.reroute.jobs.request_transfers",
	"sales_wh_flow.returns.jobs.reopen_order",
	"sales_wh_flow.shortage.jobs.act_on_shortage",
	"sales_wh_flow.stock_lock.jobs.leave_what_has_gone_bad",
]

# Called with a box and the rows of its proof that were refused; with no row where a correction takes them.
swf_refused_goods = [
	"sales_wh_flow.returns.from_box.goods_were_refused",
	"sales_wh_flow.milestones.papers.tell_of_refused_goods",
]

# Called with each Delivery Note that proofs stamp as delivered, or take the stamp from: they do not save it.
swf_note_stamped = [
	"sales_wh_flow.events.delivery_note.on_update_after_submit",
	"sales_wh_flow.events.milestones.note_updated",
]

swf_boxes_came_back = ["sales_wh_flow.delivery.follow_returns.boxes_came_back"]  # or do so no more
fixtures = [{"dt": "Custom HTML Block", "filters": [["name", "in", ["Where the Orders Went"]]]}]

export_python_type_annotations = True

app_include_js = "flow.bundle.js"
app_include_css = "flow.bundle.css"
# Forms attach what the bundle holds for them, after ERPNext's own script.
_empty_means_any = ("Order Approval Rule", "Approval Delegation", "Delivery Zone", "Sales Flow Settings")
_empty_means_any += ("Billing Policy", "Message Rule", "Return Policy", "Serving Policy")
_empty_means_any += ("Stock Lock Policy", "Warehouse Routing Rule")
_with_forms = ("Sales Order", "Quotation", "Pick List", "Delivery Note", "Order Box", "Batch", "Serial No")
_with_forms += ("Courier Claim", "Courier Handover", "Courier Invoice", "Item", "Return Case")
_with_forms += ("Stock Reconciliation", "Warehouse")
doctype_js = {
	**dict.fromkeys(_empty_means_any, "public/js/shared/empty_means_any.js"),
	**{kind: f"public/js/forms/{kind.lower().replace(' ', '_')}.js" for kind in _with_forms},
}
override_doctype_dashboards = {"Sales Order": "sales_wh_flow.order_board.dashboard.add_own_papers"}
doctype_list_js = {
	"Sales Order": "public/js/forms/sales_order_list.js",
	"Pick List": "public/js/forms/pick_list_list.js",
	"Delivery Note": "public/js/forms/delivery_note_list.js",
	"Delivery Proof": "public/js/forms/delivery_proof_list.js",
}

# Bin has no event that could keep a stale copy from overwriting fresh columns; see overrides/bin.py.
globals()[_class_hook] = {"Bin": "sales_wh_flow.overrides.bin.FlowBin"}

has_permission = {
	# order
	"Delay Alert": "sales_wh_flow.order.permissions.of_its_order",
	"Gate Finding": "sales_wh_flow.order.permissions.of_its_order",
	"Order Gate": "sales_wh_flow.order.permissions.of_its_order",
	"Order Stage Log": "sales_wh_flow.order.permissions.of_its_order",
	"Order Reopening": "sales_wh_flow.order.permissions.of_its_order",
	"Shortage Action": "sales_wh_flow.order.permissions.of_its_order",
	"Sales Order": "sales_wh_flow.order.permissions.order_from_its_warehouses",
	# stock_lock
	"Stock Lock Event": "sales_wh_flow.stock_lock.permissions.lock_event",
	# approval
	"Approval Delegation": "sales_wh_flow.approval.permissions.delegation",
	"Order Approval": "sales_wh_flow.approval.figure_rights.order_approval",
	# picking
	"Put Away": "sales_wh_flow.picking.permissions.put_away",
	# billing
	"Order Money": "sales_wh_flow.billing.permissions.money_of_its_order",
	"Payment Promise": "sales_wh_flow.billing.permissions.promise_of_its_order",
	# figures
	"Dashboard Chart": "sales_wh_flow.figures.permissions.chart_is_readable",
	# couriers
	"Courier Event": "sales_wh_flow.couriers.permissions.courier_event",
	"Courier Label": "sales_wh_flow.couriers.permissions.label_of_its_box",
	# claims
	"Courier Claim": "sales_wh_flow.claims.permissions.claim_of_its_box",
	# delivery
	"Courier Handover": "sales_wh_flow.delivery.permissions.handover",
	"Delivery Proof": "sales_wh_flow.delivery.permissions.proof",
	# returns
	"Return Case": "sales_wh_flow.returns.permissions.return_case",
	# packing
	"Box Event": "sales_wh_flow.packing.permissions.event_is_visible",
	"Order Box": "sales_wh_flow.packing.permissions.box_is_visible",
	# milestones
	"Customer Page Link": "sales_wh_flow.order.permissions.of_its_order",
	"Message Opt Out": "sales_wh_flow.milestones.permissions.wish_about_its_order",
	"Order Message": "sales_wh_flow.order.permissions.of_its_order",
}
permission_query_conditions = {
	# order
	"Count Loser": "sales_wh_flow.order.permissions.losers_visible",
	"Gate Finding": "sales_wh_flow.order.permissions.findings_visible",
	"Order Stage Log": "sales_wh_flow.order.permissions.stages_visible",
	"Sales Order": "sales_wh_flow.order.permissions.orders_from_their_warehouses",
	# stock_lock
	"Stock Lock Event": "sales_wh_flow.stock_lock.permissions.lock_events_visible",
	# approval
	"Approval Delegation": "sales_wh_flow.approval.permissions.delegations_visible",
	"Order Approval": "sales_wh_flow.approval.figure_rights.approvals_with_visible_figures",
	"Order Approval Decider": "sales_wh_flow.approval.figure_rights.approval_rows_visible",
	"Order Approval Decision": "sales_wh_flow.approval.figure_rights.approval_rows_visible",
	"Order Gate": "sales_wh_flow.approval.permissions.gates_visible",
	# delays
	"Delay Alert": "sales_wh_flow.delays.permissions.alerts_visible",
	"Delay Alert Event": "sales_wh_flow.delays.permissions.happenings_visible",
	# shortage
	"Shortage Action": "sales_wh_flow.shortage.permissions.shortage_actions_visible",
	# picking
	"Put Away": "sales_wh_flow.picking.permissions.put_aways_visible",
	# billing
	"Order Money": "sales_wh_flow.billing.permissions.money_visible",
	"Payment Promise": "sales_wh_flow.billing.permissions.promises_visible",
	# couriers
	"Courier Event": "sales_wh_flow.couriers.permissions.courier_events_visible",
	"Courier Label": "sales_wh_flow.couriers.permissions.labels_visible",
	# claims
	"Courier Claim": "sales_wh_flow.claims.permissions.claims_visible",
	# delivery
	"Courier Handover": "sales_wh_flow.delivery.permissions.handovers_visible",
	"Courier Handover Box": "sales_wh_flow.delivery.permissions.rows_of_handovers",
	"Delivery Proof": "sales_wh_flow.delivery.permissions.proofs_visible",
	"Delivery Proof Item": "sales_wh_flow.delivery.permissions.rows_of_proofs",
	# returns
	"Order Reopening": "sales_wh_flow.returns.permissions.reopenings_visible",
	"Order Reopening Step": "sales_wh_flow.returns.permissions.steps_of_reopenings",
	"Return Case": "sales_wh_flow.returns.permissions.cases_visible",
	"Return Case Document": "sales_wh_flow.returns.permissions.documents_of_cases",
	"Return Case Row": "sales_wh_flow.returns.permissions.rows_with_their_case",
	"Return Waiver Answer": "sales_wh_flow.returns.permissions.answers_of_cases",
	# packing
	"Box Event": "sales_wh_flow.packing.permissions.events_visible",
	"Order Box": "sales_wh_flow.packing.permissions.boxes_visible",
	"Order Box Item": "sales_wh_flow.packing.permissions.contents_visible",
	# milestones
	"Customer Page Link": "sales_wh_flow.milestones.permissions.page_links_visible",
	"Message Opt Out": "sales_wh_flow.milestones.permissions.wishes_visible",
	"Order Message": "sales_wh_flow.milestones.permissions.messages_visible",
}

on_session_creation = ["sales_wh_flow.approval.follow_people.somebody_logs_in"]

# Deadlocks and the like are tried again at the entrance; a document can't start its transaction anew.
before_request = ["sales_wh_flow.entrances.send_resources_here", "sales_wh_flow.base.no_endpoint.not_found"]
# What is stored as a code is worded for whoever asked.
after_request = [
	"sales_wh_flow.signed_pages.forbid_framing",
	"sales_wh_flow.couriers.incoming.answer_unread",
	"sales_wh_flow.setup.behind.say_in_answer",
	"sales_wh_flow.base.word_answers.word_for_reader",
]
bulk_transaction_task_mapper = ["sales_wh_flow.dispatch.in_bulk.mapper"]  # of the list of orders

# What the Print Formats, pages and mails of the app call.
_printed = [
	"sales_wh_flow.base.reader.text_direction",
	"sales_wh_flow.picking.paper.pick_list_print",
	"sales_wh_flow.packing.labels.box_print",
	"sales_wh_flow.packing.labels.weight_shown",
	"sales_wh_flow.packing.notices.box_notices",
	"sales_wh_flow.door_money.shown.manifest_money",
	"sales_wh_flow.returns.way_back.return_print",
	"sales_wh_flow.order_board.confirmation.confirmation_print",
]
jinja = {"methods": _printed}

# What was done about a shortage, and where an order was, keeps nobody from deleting the draft.
ignore_links_on_delete = [
	*("Customer Page Link", "Delay Alert", "Gate Finding", "Message Opt Out", "Order Message", "Order Money"),
	*("Order Stage Log", "Phone PIN", "Put Away", "Return Case", "Return Case Document", "Return Case Row"),
	"Shortage Action",
]

# What clear_cache leaves alone, see approval/store/fetched_rates.py.
persistent_cache_keys = ["sales_wh_flow:fetched_rates"]

scheduler_events = {
	"cron": {
		"*/5 * * * *": [
			"sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand",
			"sales_wh_flow.approval.jobs.follow_rules",
			"sales_wh_flow.approval.jobs.follow_people",
			"sales_wh_flow.approval.jobs.press_for_decisions",
			"sales_wh_flow.approval.jobs.tell_approvers",
			"sales_wh_flow.returns.jobs.press_for_waivers",
			"sales_wh_flow.base.jobs.do_what_is_owed",
			"sales_wh_flow.couriers.jobs.match_numbers",
			"sales_wh_flow.couriers.jobs.settle_labels",
			"sales_wh_flow.milestones.jobs.send_messages",
		]
	},
	"hourly_long": [
		"sales_wh_flow.order.jobs.follow_statuses",
		"sales_wh_flow.stock_lock.jobs.expire_locks",
		"sales_wh_flow.billing.jobs.draft_invoices",
		"sales_wh_flow.couriers.jobs.ask_couriers",
		"sales_wh_flow.delays.jobs.follow_delays",
		"sales_wh_flow.delays.jobs.send_digests",
		"sales_wh_flow.milestones.jobs.follow_mails",
	],
	"daily_long": [
		"sales_wh_flow.approval.jobs.fetch_rates",
		"sales_wh_flow.stage_clock.jobs.learn_durations",
		"sales_wh_flow.delivery.jobs.forget_old_pictures",
		"sales_wh_flow.claims.jobs.open_courier_claims",
		"sales_wh_flow.stock_lock.jobs.repair_drift",
		"sales_wh_flow.base.jobs.forget_device_actions",
		"sales_wh_flow.billing.jobs.refresh_open_money",
		"sales_wh_flow.milestones.jobs.forget_old_messages",
	],
}
