// One approval: why it is asked, and the decision for whoever the server says may take it.
frappe.ui.form.on("Order Approval", {
	async refresh(frm) {
		if (frm.is_new()) {
			return;
		}
		const { name, sales_order, state } = frm.doc;
		frm.page.set_indicator(__(state), sales_wh_flow.approval_colours[state]);
		frm.add_custom_button(__("Open Sales Order"), () => frappe.set_route("Form", "Sales Order", sales_order));
		sales_wh_flow.show_main_actions(frm, []);
		if (state !== "Open") {
			return;
		}
		const { approvals } = await sales_wh_flow.ask("approvals_of", { sales_order });
		const approval = approvals.find((one) => one.name === name);
		if (frm.doc.name !== name || !approval) {
			return;
		}
		if (!approval.may_i_decide) {
			frm.set_intro(__("You can't decide this one. {0}.", [sales_wh_flow.who_decides(approval)]), "orange");
			return;
		}
		sales_wh_flow.show_main_actions(frm, [
			{ label: __("Approve"), run: () => decide("approve") },
			{ label: __("Refuse"), run: () => decide("refuse"), colour: "danger" },
		]);

		async function decide(verb) {
			const decision = await sales_wh_flow.decide(approval, verb);
			await frm.reload_doc();
			sales_wh_flow.announce(decision);
		}
	},
});
