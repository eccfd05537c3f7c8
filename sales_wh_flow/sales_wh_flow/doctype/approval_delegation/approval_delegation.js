// Who decides while somebody is away: for oneself, or as a manager for anybody.
frappe.ui.form.on("Approval Delegation", {
	setup(frm) {
		const people = () => ({ filters: { enabled: 1, user_type: "System User" } });
		frm.set_query("from_user", people);
		frm.set_query("to_user", people);
	},

	// Before Frappe sets the user's defaults once more: without a company it is for every company.
	before_load(frm) {
		if (frm.is_new() && !frm.doc.from_user) {
			const today = sales_wh_flow.today();
			Object.assign(frm.doc, { from_user: frappe.session.user, company: "", from_date: today });
		}
	},

	refresh(frm) {
		const manages = ["System Manager", "Sales Manager"].some((role) => frappe.user_roles.includes(role));
		frm.set_df_property("from_user", "read_only", manages ? 0 : 1);
		frm.set_intro("");
		if (!frm.is_new()) {
			const { from_user, from_name, to_user, to_name, from_date, to_date } = frm.doc;
			const [away, substitute] = [from_name || from_user, to_name || to_user].map((name) =>
				frappe.utils.escape_html(name).bold()
			);
			const [first, last] = [from_date, to_date].map((day) => frappe.datetime.str_to_user(day));
			frm.set_intro(
				__("From {0} to {1} {2} decides for {3}, about orders {2} may read. The history names both.", [
					first,
					last,
					substitute,
					away,
				]),
				"blue"
			);
		}
	},

	from_date(frm) {
		if (frm.doc.from_date && !frm.doc.to_date) {
			frm.set_value("to_date", frm.doc.from_date);
		}
	},
});
