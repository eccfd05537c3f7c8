// The promise in the block "Order Flow": what was promised, when the order is expected, how late that is.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	/** One line: "Promised for 5 Dec · Likely 7 Dec, nine of ten by 9 Dec", red when it is late. */
	promise({ promise, delay, docstatus }, name) {
		if (!promise || docstatus === 2) {
			return "";
		}
		const { escape, pill } = sales_wh_flow;
		const day = frappe.datetime.str_to_user;
		const { requested_on, first_promised_on, last_promised_on, lateness, words } = promise;
		const known = [];
		if (last_promised_on) {
			known.push(`<b>${__("Promised for {0}", [day(last_promised_on)])}</b>`);
		}
		if (first_promised_on && first_promised_on !== last_promised_on) {
			known.push(__("first promised for {0}", [day(first_promised_on)]));
		}
		if (requested_on && requested_on !== last_promised_on) {
			known.push(__("asked for by {0}", [day(requested_on)]));
		}
		if (words) {
			known.push(escape(words));
		}
		if (!known.length) {
			return "";
		}
		known[0] = known[0].replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());
		const colour = sales_wh_flow.order_flow.lateness_colours[lateness];
		const state = colour ? pill(sales_wh_flow.order_flow.lateness_words(promise), colour) : "";
		return `<div class="swf-promise">${state} <span>${known.join(" · ")}</span></div>
			${sales_wh_flow.order_flow.delay(delay, name)}`;
	},

	/** "Waiting for Stock since 27 Nov, the supplier's delay · with Purchase User · Chase the supplier" */
	delay(delay, name) {
		if (!delay) {
			return "";
		}
		const { escape } = sales_wh_flow;
		const whose = {
			Us: __("our delay"),
			Customer: __("the customer's delay"),
			Supplier: __("the supplier's delay"),
			Courier: __("the courier's delay"),
		}[delay.delay_of];
		const day = (moment) => escape(frappe.datetime.str_to_user(moment));
		const where = __("{0} since {1}", [escape(__(delay.stage)), day(delay.since)]);
		const log = frappe.router.make_url(["query-report", "Stage Times"]);
		const order = encodeURIComponent(name);
		const words = [
			`<a href="${log}?sales_order=${order}&show=Each%20Stay">${where}${whose ? `, ${escape(whose)}` : ""}</a>`,
			delay.delay_with ? escape(__("with {0}", [__(delay.delay_with)])) : "",
			delay.snoozed_until
				? `${__("snoozed until {0}", [day(delay.snoozed_until)])}: ${escape(delay.snooze_reason)}`
				: escape(delay.step),
		];
		return `<div class="swf-delay swf-muted"><span>${words.filter(Boolean).join(" · ")}</span></div>`;
	},

	lateness_colours: { Late: "red", "At Risk": "orange", "On Time": "green" },

	lateness_words({ lateness, lateness_since, last_promised_on, requested_on, forecast_on, forecast_ships_on }) {
		const promised = last_promised_on || requested_on;
		const days = (a, b) => frappe.datetime.get_day_diff(a, b);
		const count = (number) => (number === 1 ? __("1 day") : __("{0} days", [number]));
		if (lateness === "Late") {
			return __("Late for {0}", [count(days(sales_wh_flow.today(), lateness_since) + 1)]);
		}
		const expected = forecast_on || forecast_ships_on;
		if (lateness === "At Risk" && expected && promised) {
			return __("At Risk: expected {0} after the promise", [count(days(expected, promised))]);
		}
		return __(lateness);
	},

	/** Asks for another day and why. */
	promise_new_day(frm) {
		const dialog = new frappe.ui.Dialog({
			title: __("Promise Another Day"),
			fields: [
				{ fieldname: "day", fieldtype: "Date", label: __("Promised For"), reqd: 1 },
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Why"), reqd: 1 },
			],
			primary_action_label: __("Promise"),
			primary_action: async ({ day, reason }) => {
				await sales_wh_flow.tell("order_board.api.promise_new_day", { sales_order: frm.doc.name, day, reason });
				dialog.hide();
				await frm.reload_doc();
			},
		});
		dialog.show();
		return dialog;
	},

	add_promise_actions(frm, block, shown) {
		const { promise, flow_status, docstatus } = shown;
		const is_over = sales_wh_flow.is_status("ended", flow_status);
		if (docstatus !== 1 || flow_status === "Cancelled") {
			return;
		}
		const place = block.find(block.find(".swf-promise").length ? ".swf-promise" : ".swf-actions");
		const button = (label, run) =>
			$(`<button class="btn btn-xs btn-default"></button>`).text(label).on("click", run).appendTo(place);
		button(__("Copy for Customer"), () => sales_wh_flow.order_flow.copy_for_customer(frm, shown));
		if (promise && !is_over && frm.has_perm("write") && frm.has_perm("submit")) {
			button(__("Promise Another Day"), () => sales_wh_flow.order_flow.promise_new_day(frm));
		}
	},
});
