// A Message Rule's form: the app's own words as Email Templates, for who wants to say them otherwise.
frappe.ui.form.on("Message Rule", {
	refresh(frm) {
		const has_words = ["Mail", "Desk"].includes(frm.doc.channel);
		if (frm.is_new() || !has_words || !frm.has_perm("write") || !frappe.model.can_create("Email Template")) {
			return;
		}
		frm.add_custom_button(__("Make Templates to Change"), async () => {
			const names = await sales_wh_flow.tell(
				"milestones.api.make_templates",
				{ rule: frm.doc.name },
				__("Making Templates...")
			);
			await frm.reload_doc();
			frappe.show_alert({ message: __("{0} Email Templates made", [names.length]), indicator: "green" });
		});
	},
});
