// A rule's form: what the rule says in one sentence (the server writes it with every save), and whether it counts.
frappe.ui.form.on("Order Approval Rule", {
	setup(frm) {
		const roles = () => ({ filters: { disabled: 0, desk_access: 1 } });
		frm.set_query("role", "approvers", roles);
		frm.set_query("escalation_role", "levels", roles);
		frm.set_query("user", "approvers", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},

	onload(frm) {
		// A new rule comes with one empty row: whoever the role of the app is given to is asked.
		const [first] = frm.doc.approvers || [];
		if (frm.is_new() && first && first.kind === "Role" && !first.role) {
			first.role = "Order Approver";
		}
		// 0 means that there is no limit, and looks like the strictest one.
		const limit = frappe.meta.get_docfield("Order Approval Rule Approver", "up_to_amount", frm.doc.name);
		limit.formatter = (value, df, options, row) =>
			flt(value) ? format_currency(value, row && row.currency) : __("any");
	},

	criterion(frm) {
		frm.set_value({ measure: "", comparison: "" });
		show_what_fits(frm);
	},

	measure(frm) {
		frm.set_value("comparison", "");
		show_what_fits(frm);
	},

	async refresh(frm) {
		frm.set_intro("");
		show_what_fits(frm);
		if (!frm.is_new() && frm.doc.criterion !== ABOUT_RETURNS) {
			frm.add_custom_button(__("Try on an Order"), () => try_on_an_order(frm));
		}
		if (!frm.is_new() && frm.doc.explanation) {
			frm.set_intro(frappe.utils.escape_html(frm.doc.explanation), frm.doc.enabled ? "blue" : "orange");
		}
		if (!(frappe.boot.swf && frappe.boot.swf.approval)) {
			const link = `<a href="${frappe.router.make_url(["sales-flow-settings"])}">${__("Sales Flow Settings")}</a>`;
			frm.set_intro(__("Approval is switched off in {0}: no order is held by this rule.", [link]), "orange");
		}
	},
});

// A row holds what belongs to its kind alone, and a new row is asked together with the one above.
frappe.ui.form.on("Order Approval Rule Approver", {
	approvers_add(frm, doctype, name) {
		const above = (frm.doc.approvers || []).slice(-2)[0];
		if (above && above.name !== name) {
			frappe.model.set_value(doctype, name, "level", above.level);
		}
	},

	kind(frm, doctype, name) {
		const { kind } = frappe.get_doc(doctype, name);
		["role", "user", "relation"]
			.filter((field) => field !== kind.toLowerCase())
			.forEach((field) => frappe.model.set_value(doctype, name, field, ""));
	},
});

frappe.ui.form.on("Order Approval Rule Level", {
	levels_add(frm, doctype, name) {
		const described = (frm.doc.levels || []).filter((row) => row.name !== name).map((row) => row.level);
		const next = (frm.doc.approvers || []).map((row) => row.level).find((level) => !described.includes(level));
		frappe.model.set_value(doctype, name, "level", next || 1);
	},
});

// What the criterion and its measure use is shown; what they can be is asked of the server once.
let measures;
// Asked about Return Cases, never about orders.
const ABOUT_RETURNS = "Return Outside Policy";

async function show_what_fits(frm) {
	measures = measures || (await sales_wh_flow.ask("approval.api.approval_measures"));
	const { criterion } = frm.doc;
	const offered = measures[criterion] || [];
	const measure = offered.find((one) => one.name === frm.doc.measure) || offered[0] || { comparisons: [], unit: "" };
	const is_amount = measure.unit === "amount";
	const units = { "%": "%", days: __("days"), count: __("number"), qty: __("quantity"), amount: __("amount") };

	frm.set_df_property("measure", "options", ["", ...offered.map((one) => one.name)]);
	frm.set_df_property("comparison", "options", ["", ...measure.comparisons]);
	frm.set_df_property(
		"threshold",
		"label",
		measure.unit ? __("Threshold ({0})", [units[measure.unit]]) : __("Threshold")
	);
	frm.toggle_display("measure", offered.length > 1);
	frm.toggle_display("comparison", measure.comparisons.length > 1);
	frm.toggle_display("threshold", Boolean(measure.unit));
	frm.toggle_display(["threshold_currency", "amounts"], is_amount);
	frm.toggle_display("condition", criterion === "Own Condition");
	frm.toggle_display("count_pending", criterion === "Credit Exposure");
	frm.toggle_display(
		[
			"leave_out_pricing_rules",
			"leave_out_coupons",
			"leave_out_free_goods",
			"leave_out_below_blanket_order",
			"leave_out_agreed_prices",
		],
		criterion === "Discount"
	);
	frm.toggle_display(
		["leave_out_negative_lines", "leave_out_negative_charges", "leave_out_cash_discounts"],
		["Discount", "Price Below Price List", "Margin"].includes(criterion)
	);
	frm.toggle_display("cost_basis", criterion === "Margin");
	frm.toggle_display(["order_type", "sales_partner", "tolerance"], criterion !== ABOUT_RETURNS);
}

// A dry run: what the saved rule says of one order, and whom it would ask. Nothing is written.
function try_on_an_order(frm) {
	if (frm.is_dirty()) {
		frappe.show_alert({ message: __("Save the rule first: the saved one is tried."), indicator: "orange" });
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Try on an Order: {0}", [frappe.utils.escape_html(frm.doc.name)]),
		fields: [
			{
				fieldname: "sales_order",
				fieldtype: "Link",
				options: "Sales Order",
				label: __("Sales Order"),
				reqd: 1,
				get_query: () => (frm.doc.company ? { filters: { company: frm.doc.company } } : {}),
			},
			{ fieldname: "answer", fieldtype: "HTML" },
		],
		primary_action_label: __("Try"),
		async primary_action({ sales_order }) {
			const answer = await sales_wh_flow.ask("approval.api.try_rule", { rule: frm.doc.name, sales_order });
			dialog.get_field("answer").$wrapper.html(in_words(answer));
		},
	});
	dialog.show();
}

function in_words(answer) {
	const escape = frappe.utils.escape_html;
	const verdicts = {
		Hit: [__("Would ask"), "orange"],
		"Not Hit": [__("Asks nobody"), "green"],
		"Out of Scope": [__("Does not speak of this order"), "gray"],
		Error: [__("Can't be asked, so the order would wait"), "red"],
	};
	const [text, colour] = verdicts[answer.verdict];
	const asks = ["Hit", "Error"].includes(answer.verdict);
	const rows = [
		[__("Measured"), answer.measured],
		[__("Allowed"), answer.allowed],
		[__("Why"), answer.reason],
		[asks ? __("Who would be asked") : "", answer.who.join(", ") || __("nobody who may read the order")],
	].filter(([label, value]) => label && value);
	return `<p><span class="indicator-pill ${colour}">${escape(text)}</span></p>
		<table class="table table-bordered"><tbody>${rows
			.map(([label, value]) => `<tr><td class="text-muted">${escape(label)}</td><td>${escape(value)}</td></tr>`)
			.join("")}</tbody></table>`;
}
