// What happened to a box, as it happened: who, when, where, and whose delay it was.
frappe.provide("sales_wh_flow.couriers");

Object.assign(sales_wh_flow.couriers, {
	/** The story of a box as HTML; any page may show it. `told`: the answer of couriers.api.box_story. */
	story_of({ box, contents, events, link }) {
		const number = sales_wh_flow.escape(box.tracking_no || "");
		const shown = link
			? `<a href="${sales_wh_flow.escape(link)}" target="_blank" rel="noopener noreferrer">${number}</a>`
			: number;
		const who = [box.courier, box.courier_service].filter(Boolean).map(sales_wh_flow.escape);
		const day = box.expected_on && __("expected {0}", [frappe.datetime.str_to_user(box.expected_on)]);
		const head = [...who, shown, day].filter(Boolean).join(" · ");
		const rows = contents.map(sales_wh_flow.couriers.content_row).join("");
		const steps = events.map(sales_wh_flow.couriers.event_row).join("");
		return `<div class="swf-story-head">
				<span class="indicator-pill ${sales_wh_flow.couriers.colour_of(box.state)}">${__(box.state)}</span> ${head}
			</div>
			<ul class="swf-story-contents">${rows}</ul>
			<ol class="swf-story-events">${steps || `<li class="text-muted">${__("Nothing happened yet.")}</li>`}</ol>`;
	},

	content_row({ item_code, item_name, qty, uom, batch_no, serial_nos, sales_order }) {
		const lots = [batch_no, ...serial_nos].filter(Boolean).map(sales_wh_flow.escape).join(", ");
		const order = sales_order ? ` · ${sales_wh_flow.link("Sales Order", sales_order)}` : "";
		const name = sales_wh_flow.escape(
			item_name && item_name !== item_code ? `${item_code}: ${item_name}` : item_code
		);
		return `<li>${sales_wh_flow.qty(qty)} ${sales_wh_flow.escape(__(uom || ""))} ${name}${lots && ` (${lots})`}${order}</li>`;
	},

	event_row({ on, what, state, who, where, reason, delay_of, note, by }) {
		const said = by === "courier" || !what ? sales_wh_flow.escape(what || note) : __(what);
		const is_news = by === "courier" && state && __(state).toLowerCase() !== what.toLowerCase();
		const moved = is_news ? ` <span class="text-muted">→ ${__(state)}</span>` : "";
		const about = [who, where].filter(Boolean).map(sales_wh_flow.escape).join(", ");
		const delay = delay_of
			? ` <span class="indicator-pill ${delay_of === "Us" ? "red" : "orange"}">${sales_wh_flow.couriers.delay_words(delay_of)}</span>`
			: "";
		const why = [reason, what && note].filter(Boolean).map(sales_wh_flow.escape).join(" · ");
		return `<li><span class="text-muted">${frappe.datetime.str_to_user(on)}</span> <b>${said}</b>${moved}${delay}
			<div class="text-muted">${[about, why].filter(Boolean).join(" · ")}</div></li>`;
	},

	delay_words(delay_of) {
		const words = {
			Us: __("Our delay"),
			Customer: __("Customer's delay"),
			Supplier: __("Supplier's delay"),
			Courier: __("Courier's delay"),
			Nobody: __("Nobody's delay"),
		};
		return words[delay_of] || sales_wh_flow.escape(delay_of);
	},

	colour_of(state) {
		if (["Delivered", "Partly Accepted"].includes(state)) {
			return "green";
		}
		if (["Refused", "Delivery Failed", "Lost"].includes(state)) {
			return "red";
		}
		return ["Returning", "Returned", "Cancelled"].includes(state) ? "gray" : "blue";
	},
});
