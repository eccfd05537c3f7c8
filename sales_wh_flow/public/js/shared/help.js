// From each form, list, page and report of ours to the page of the documentation that explains it.
frappe.provide("sales_wh_flow.help");

Object.assign(sales_wh_flow.help, {
	/** What the desk calls it: the page, without its suffix. */
	pages: {
		"Approval Delegation": "approvals#2-who-decides",
		"Approval History": "approvals#7-history",
		"Billing Policy": "billing#billing-policy",
		"Box Event": "packing",
		"Box Type": "packing",
		Courier: "couriers",
		"Courier Claim": "couriers#claims-and-bills",
		"Courier Event": "couriers",
		"Courier Handover": "hand-over",
		"Courier Label": "couriers#labels",
		"Courier Invoice": "couriers#claims-and-bills",
		"Customer Credit Turn": "approval-gate",
		"Customer Page Link": "messages#the-customers-page",
		"Delay Alert": "promise-and-board#delays",
		"Delivery Proof": "deliver",
		"Delivery Zone": "routing",
		"Device Action": "pick",
		"Gate Finding": "first-steps",
		"Lot Recall": "recall",
		"Message Opt Out": "messages",
		"Message Rule": "messages#switching-it-on",
		"Open Orders by Stage": "stage-clock",
		"Order Approval": "approvals",
		"Order Approval Rule": "approvals#1-a-rule-what-is-looked-at",
		"Order Box": "packing",
		"Packing Station": "packing#where-it-prints",
		"Order Figures": "promise-and-board#figures",
		"Order Gate": "approval-gate",
		"Order Message": "messages",
		"Order Money": "billing#figures",
		"Order Reopening": "returns",
		"Order Stage Log": "stage-clock",
		"Owed Work": "architecture",
		"Packed Quantity": "packing",
		"Payment Promise": "billing",
		"Phone PIN": "pick",
		"Postcode Place": "routing",
		"Put Away": "pick",
		"Record Removal": "running",
		"Return Case": "returns",
		"Return Condition": "returns",
		"Return Policy": "returns",
		"Return Reason": "returns",
		"Returned Goods": "returns",
		"Sales Flow Settings": "roles/manager",
		"Serving Policy": "stock-lock#waiting-demand-and-the-serving-policy",
		"Shelf Place": "pick#totes-and-shelf-places",
		"Shortage Action": "shortage-and-warehouse",
		"Silent Parcels": "couriers",
		"Stage Duration": "promise-and-board",
		"Stage Times": "stage-clock",
		"Stock Lock Event": "stock-lock",
		"Stock Lock Policy": "stock-lock#how-a-lock-ends",
		"Stock Locks": "stock-lock",
		"Waiting Demand": "stock-lock#waiting-demand-and-the-serving-policy",
		"Warehouse Routing Rule": "routing",
		"approval-inbox": "roles/approver",
		deliver: "roles/driver",
		"first-steps": "first-steps",
		counter: "hand-over#customers-who-fetch-their-boxes",
		"hand-over": "hand-over",
		"my-delays": "promise-and-board#delays",
		"order-board": "promise-and-board#order-board",
		pack: "packing",
		pick: "pick",
		"warehouse-work": "roles/warehouse",
		"Order Flow": "tour",
		"Sales Order": "roles/sales",
		"Pick List": "roles/warehouse",
		"Delivery Note": "roles/warehouse",
	},

	/** Forms of ERPNext's own have help of ours only while something of ours is on. */
	native: ["Sales Order", "Pick List", "Delivery Note"],

	/** What is in view, as the table above names it. */
	in_view() {
		const [kind, name] = frappe.get_route() || [];
		const is_named = ["Form", "List", "query-report", "Workspaces", "dashboard-view"].includes(kind);
		return is_named ? name : kind;
	},

	/** A phone shows no icons of a page's head, but its menu. */
	add_for_phone(page, open) {
		const item = page.add_menu_item(__("How It Works"), open, false, false, false);
		item.parent().addClass("hidden-xl swf-help");
		if (page.menu_btn_group.hasClass("hide")) {
			page.menu_btn_group.removeClass("hide").addClass("hidden-xl");
		}
	},

	show() {
		const { help } = sales_wh_flow;
		const shown = window.cur_page && window.cur_page.page;
		const page = shown && shown.page;
		if (!page || !page.icon_group) {
			return;
		}
		page.icon_group.find(".swf-help").remove();
		page.menu.find(".swf-help").remove();
		const name = help.in_view();
		const address = help.pages[name];
		if (address && (!help.native.includes(name) || sales_wh_flow.any_on())) {
			const open = () => window.open(sales_wh_flow.docs_address(address), "_blank", "noopener");
			page.add_action_icon("help", open, "swf-help", __("How It Works")).attr("aria-label", __("How It Works"));
			help.add_for_phone(page, open);
		}
	},
});

$(document).on("page-change form-refresh", () => sales_wh_flow.help.show());
