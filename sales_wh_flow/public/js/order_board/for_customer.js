// What a customer may be told of an order, on the clipboard: what is where and when, no reasons, no figures of others.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	copy_for_customer(frm, shown) {
		frappe.utils.copy_to_clipboard(sales_wh_flow.order_flow.words_for_customer(frm.doc, shown));
	},

	/** Plain text: the order's day, then each item, joined again where its line was split over warehouses. */
	words_for_customer({ po_no, name }, { promise, lines, delivery_notes }) {
		const day = frappe.datetime.str_to_user;
		const { last_promised_on, requested_on, forecast_on, forecast_ships_on } = promise || {};
		const promised = last_promised_on || requested_on;
		const first = [__("Your order {0}", [po_no || name])];
		promised && first.push(__("promised for {0}", [day(promised)]));
		if (forecast_on) {
			first.push(__("expected with you on {0}", [day(forecast_on)]));
		} else if (forecast_ships_on) {
			first.push(__("leaves us on {0}", [day(forecast_ships_on)]));
		}
		const sent = delivery_notes
			.filter((note) => note.docstatus === 1 && note.tracking_no)
			.map((note) => __("Parcel {0}", [[note.tracking_no, note.tracking_link].filter(Boolean).join(" ")]));
		const items = sales_wh_flow.order_flow.by_item(lines).map(sales_wh_flow.order_flow.item_for_customer);
		return [`${first.join(", ")}.`, ...items, ...sent].join("\n");
	},

	by_item(lines) {
		const items = new Map();
		lines.forEach((line) => {
			const factor = line.order_qty ? flt(line.ordered / line.order_qty, 9) : 1;
			const key = `${line.item_code}|${line.order_uom}|${factor}`;
			const one = items.get(key) || { ...line, factor, ordered: 0, delivered: 0, arrived: 0, day: "" };
			["ordered", "delivered", "arrived"].forEach((figure) => {
				one[figure] = flt(one[figure] + line[figure], 6);
			});
			const expected = line.delivered < line.ordered ? line.expected_on || line.promised_on : "";
			one.day = [one.day, expected].sort().pop();
			items.set(key, one);
		});
		return [...items.values()];
	},

	/** In the unit of the order; what left in stock units, with their name, where it makes no whole ones of it. */
	item_for_customer({ item_name, item_code, uom, order_uom, factor, ordered, delivered, arrived, day }) {
		const { qty } = sales_wh_flow;
		const fits = [ordered, delivered, arrived].every((it) => Number.isInteger(flt(it / factor, 6)));
		const is_told_so = factor === 1 || fits;
		const told = (figure) => (is_told_so ? qty(figure / factor) : `${qty(figure)} ${__(uom)}`);
		const parts = [];
		arrived > 0 && parts.push(__("{0} delivered", [told(arrived)]));
		delivered > arrived && parts.push(__("{0} on their way", [told(delivered - arrived)]));
		ordered > delivered &&
			parts.push(
				day
					? __("{0} expected on {1}", [told(ordered - delivered), frappe.datetime.str_to_user(day)])
					: __("{0} to follow", [told(ordered - delivered)])
			);
		const stock = is_told_so ? "" : ` (${told(ordered)})`;
		const asked = `${qty(ordered / factor)} ${__(order_uom || uom)}${stock}`;
		return `${asked} ${item_name || item_code}: ${parts.join(", ")}`;
	},
});
