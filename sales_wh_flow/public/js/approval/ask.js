// Asking for approval, and the question before a submit.
frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow, {
	/** A note for whoever decides, then ``run`` with it. ``words``: what comes of it, HTML. */
	ask_with_a_note(run, words = "") {
		const dialog = new frappe.ui.Dialog({
			title: __("Ask for Approval"),
			fields: [
				...(words ? [{ fieldtype: "HTML", options: `<p>${words}</p>` }] : []),
				{
					fieldtype: "Small Text",
					fieldname: "note",
					label: __("Note"),
					description: __("What whoever decides should know: why this price, what the customer promised."),
				},
			],
			primary_action_label: __("Ask"),
			primary_action({ note }) {
				dialog.hide();
				run(note || "");
			},
		});
		dialog.show();
	},
});

Object.assign(sales_wh_flow.sales_order, {
	ask_for_approval(frm) {
		if (frm.is_dirty()) {
			frappe.msgprint({
				title: __("Not Saved"),
				message: __("Save the order first: approvers are asked about what is saved."),
				indicator: "orange",
			});
			return;
		}
		// A Workflow owns the submit where there is one.
		const submits = frm.doc.docstatus === 0 && !frappe.workflow.get_state_fieldname(frm.doctype);
		sales_wh_flow.ask_with_a_note(
			(note) => sales_wh_flow.sales_order.ask_with_note(frm, note),
			submits ? sales_wh_flow.what_the_last_brings() : ""
		);
	},

	async ask_with_note(frm, note) {
		const answer = await sales_wh_flow.tell(
			"approval.api.ask_for_approval",
			{ sales_order: frm.doc.name, note },
			__("Asking for approval...")
		);
		// Said before the form is drawn anew, which takes its time.
		frappe.show_alert({ message: sales_wh_flow.sales_order.asked_words(answer), indicator: "green" });
		await frm.reload_doc();
	},

	asked_words({ asked, owed }) {
		if (asked.length) {
			return asked.length === 1 ? __("1 approval asked.") : __("{0} approvals asked.", [asked.length]);
		}
		// Asked in another tab, or decided meanwhile.
		return owed.some((need) => need.state !== "Approved")
			? __("It was asked already. The order is submitted by itself as soon as everyone has approved.")
			: __("No rule asks for an approval.");
	},

	/** Before a submit: when approvals are missing, offer to ask for them instead of failing. */
	async ask_what_is_owed(frm) {
		const { owed, may_ask } = await sales_wh_flow.ask("approval.api.approvals_of", { sales_order: frm.doc.name });
		const missing = owed.filter((need) => need.state !== "Approved");
		if (!missing.length) {
			return;
		}
		frappe.validated = false;
		sales_wh_flow.sales_order.show_owed(frm, missing, may_ask);
	},

	show_owed(frm, missing, may_ask) {
		const flow = sales_wh_flow.order_flow;
		const is_refused = missing.some((need) => need.state === "Rejected");
		const next = may_ask
			? __("Ask now? The order is submitted by itself as soon as everyone has approved.")
			: is_refused
				? __("An approval was refused. Change the order, save it and ask again.")
				: __("It was asked already. The order is submitted by itself as soon as everyone has approved.");
		const dialog = new frappe.ui.Dialog({
			title: __("Approval Required"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__("This order can't be submitted before it is approved:")}</p>
						<div class="swf-owed">${missing.map(flow.owed_approval).join("")}</div><p>${next}</p>`,
				},
				...(may_ask ? [{ fieldtype: "Small Text", fieldname: "note", label: __("Note") }] : []),
			],
			primary_action_label: may_ask ? __("Ask for Approval") : __("Close"),
			primary_action({ note } = {}) {
				dialog.hide();
				if (may_ask) {
					sales_wh_flow.sales_order.ask_with_note(frm, note || "");
				}
			},
		});
		dialog.show();
	},
});
