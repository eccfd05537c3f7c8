// The search bar finds boxes by what stands on a label: tracking number, SSCC or box number.
$(document).on("app_ready", () => {
	const bar = frappe.search && frappe.search.AwesomeBar && frappe.search.AwesomeBar.prototype;
	if (!bar || !frappe.model.can_read("Order Box") || bar.finds_parcels) {
		return;
	}
	const build = bar.build_options;
	bar.finds_parcels = true;
	bar.build_options = function (txt) {
		return [...sales_wh_flow.couriers.search_option(txt), ...build.call(this, txt)];
	};
});

frappe.provide("sales_wh_flow.couriers");

Object.assign(sales_wh_flow.couriers, {
	/** Only what can be a number is offered: one word with a digit in it, long enough. */
	search_option(txt) {
		const number = (txt || "").trim();
		if (number.length < 6 || !/\d/.test(number) || !/^[\w./ -]+$/.test(number)) {
			return [];
		}
		const label = __("Find Parcel {0}", [`<b>${sales_wh_flow.escape(number)}</b>`]);
		return [
			{
				label,
				value: `${__("Find Parcel")} ${number}`,
				index: 90,
				onclick: () => sales_wh_flow.couriers.find(number),
			},
		];
	},

	async find(text) {
		const found = await sales_wh_flow.ask("couriers.api.find_parcels", { text });
		if (found.length === 1) {
			frappe.set_route("Form", "Order Box", found[0].name);
			return;
		}
		const rows = found.map(({ name, tracking_no, courier, customer_name, state }) => {
			const about = [tracking_no, courier, customer_name, __(state)].filter(Boolean).map(sales_wh_flow.escape);
			return `<div>${sales_wh_flow.link("Order Box", name)} · ${about.join(" · ")}</div>`;
		});
		const none = `<span class="text-muted">${__("No box has this number.")}</span>`;
		frappe.msgprint({ title: __("Parcels"), message: rows.join("") || none });
	},
});
