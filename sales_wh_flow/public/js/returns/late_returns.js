// Returns that came after their window and wait for the reader's word: on top of the inbox of approvals.
frappe.provide("sales_wh_flow.returns");

/** Fills an element, or empties it where nothing waits or not one's own are looked at. */
sales_wh_flow.returns.show_late = async (box, is_mine) => {
	if (!sales_wh_flow.is_on("returns") || !is_mine || !frappe.model.can_read("Return Case")) {
		box.empty();
		return;
	}
	const { escape, link, qty } = sales_wh_flow;
	const cases = await sales_wh_flow.ask("returns.api.late_returns");
	const rows = cases.map(({ name, customer_name, days_late, value, due }) => {
		const parts = [
			escape(customer_name),
			__("{0} days late", [qty(days_late)]),
			escape(value),
			due ? __("due on {0}", [frappe.datetime.str_to_user(due)]) : "",
		];
		return `<li>${link("Return Case", name)} ${parts.filter(Boolean).join(" · ")}</li>`;
	});
	box.html(
		rows.length
			? `<div class="swf-block swf-card"><b>${__("Returns after their window: let them in, or refuse them")}</b>
				<ul>${rows.join("")}</ul></div>`
			: ""
	);
};
