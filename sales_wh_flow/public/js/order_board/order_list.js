// What each list shows with one choice: what is mine, late, to pick, on its way, by what the reader's roles do.
frappe.provide("sales_wh_flow.order_list");

const SALES = ["Sales User", "Sales Manager", "Sales Master Manager"];
const WAREHOUSE = ["Stock User", "Stock Manager", "Delivery User"];
const APPROVAL = ["Order Approver", "Sales Manager", "Accounts Manager"];
const ACCOUNTS = ["Accounts User", "Accounts Manager"];

Object.assign(sales_wh_flow.order_list, {
	/** Whether one of the roles is the reader's; who sets the desk up sees what everybody sees. */
	is_for(roles) {
		return [...roles, "System Manager"].some((role) => frappe.user.has_role(role));
	},

	/** What each button of a list shows: [label, filters of the list], those of the reader's roles, in their order. */
	filters(doctype = "Sales Order") {
		const { views, is_for } = sales_wh_flow.order_list;
		return views[doctype]()
			.filter(([roles, , , needs]) => (!roles || is_for(roles)) && (!needs || sales_wh_flow.is_on(needs)))
			.map(([, label, filters]) => [label, filters]);
	},

	/** By DocType: [roles it is for (none: everybody), label, filters, the capability it needs]. */
	views: {
		"Sales Order"() {
			const status = (...statuses) => {
				return () => [["swf_flow_status", "in", statuses]];
			};
			const not_approved = status("Pending Approval", "Rejected", "Approved");
			const mine = () => [
				["owner", "=", frappe.session.user],
				["docstatus", "<", 2],
			];
			return [
				[null, __("Waiting for Me"), sales_wh_flow.order_list.waiting],
				[SALES, __("Mine"), mine],
				[SALES, __("Mine, Not Approved Yet"), () => [...mine(), ...not_approved()], "approval"],
				[[...SALES, ...APPROVAL], __("Waiting for Approval"), not_approved, "approval"],
				[
					[...SALES, ...WAREHOUSE],
					__("Waiting for Stock"),
					status("Backordered", "Partly Locked"),
					"stock_lock",
				],
				[WAREHOUSE, __("To Pick"), status("Locked", "Partly Locked"), "stock_lock"],
				[
					WAREHOUSE,
					__("In the Warehouse"),
					status("Picking", "Packing", "Ready for Dispatch", "Partly Dispatched"),
					"fulfilment",
				],
				[[...SALES, ...WAREHOUSE], __("On Its Way"), status("Dispatched", "Partly Dispatched"), "fulfilment"],
				[ACCOUNTS, __("Delivered"), status("Dispatched", "Delivered"), "fulfilment"],
				[null, __("Late"), () => [["swf_lateness", "=", "Late"]], "forecast"],
				[null, __("At Risk"), () => [["swf_lateness", "=", "At Risk"]], "forecast"],
				[null, __("All"), () => []],
			];
		},

		"Pick List"() {
			const draft = ["docstatus", "=", 0];
			return [
				[null, __("To Pick"), () => [draft, ["purpose", "=", "Delivery"]]],
				[null, __("I Walk for Them"), () => [draft, ["swf_picker", "=", frappe.session.user]]],
				[null, __("Waves"), () => [draft, ["swf_wave", "is", "set"]]],
				[null, __("Picked, Not Sent"), () => [["status", "in", ["Open", "Partly Delivered"]]]],
				[null, __("All"), () => []],
			];
		},

		"Delivery Note"() {
			const left = ["docstatus", "=", 1];
			return [
				[null, __("To Send"), () => [["docstatus", "=", 0]]],
				[null, __("On Its Way"), () => [left, ["swf_delivered_on", "is", "not set"], ["is_return", "=", 0]]],
				[
					null,
					__("No Tracking Number"),
					() => [left, ["swf_tracking_no", "is", "not set"], ["is_return", "=", 0]],
				],
				[null, __("Delivered"), () => [left, ["swf_delivered_on", "is", "set"]]],
				[null, __("All"), () => []],
			];
		},
	},

	async waiting() {
		const names = await sales_wh_flow.ask("order_board.api.waiting_for_me");
		return [["name", "in", names.length ? names : ["-"]]];
	},

	add_filters(listview) {
		const { doctype } = listview;
		sales_wh_flow.order_list.filters(doctype).forEach(([label, filters]) =>
			listview.page.add_inner_button(
				label,
				async () => {
					const wanted = (await filters()).map((filter) => [doctype, ...filter]);
					await listview.filter_area.clear(false);
					await (wanted.length ? listview.filter_area.add(wanted) : listview.refresh());
				},
				__("Show")
			)
		);
	},

	/** On a list that ERPNext or nobody has set up already. */
	set_up(doctype) {
		const settings = frappe.listview_settings[doctype] || {};
		const { onload } = settings;
		settings.onload = function (listview) {
			onload && onload.call(this, listview);
			if (window.sales_wh_flow && sales_wh_flow.is_on("fulfilment")) {
				sales_wh_flow.order_list.add_filters(listview);
			}
		};
		frappe.listview_settings[doctype] = settings;
	},
});
