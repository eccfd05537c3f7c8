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
		frm.add_custom_button(__("What If"), () => sales_wh_flow.what_if.open(sales_order));
		const { approvals } = await sales_wh_flow.ask("approval.api.approvals_of", { sales_order });
		const approval = approvals.find((one) => one.name === name);
		if (frm.doc.name !== name || !approval) {
			return;
		}
		const actions = sales_wh_flow.approval_actions(approval);
		if (!approval.may_i_decide) {
			frm.set_intro(__("You can't decide this one. {0}.", [sales_wh_flow.who_decides(approval)]), "orange");
		}
		const colours = { approve: "primary", accept: "primary", refuse: "danger" };
		sales_wh_flow.show_main_actions(
			frm,
			actions.map(({ verb, label, run }) => ({
				label,
				colour: colours[verb] || "default",
				run: async () => {
					const answer = await run();
					await frm.reload_doc();
					sales_wh_flow.announce(answer);
				},
			}))
		);
	},
});
