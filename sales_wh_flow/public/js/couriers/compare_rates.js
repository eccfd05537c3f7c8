// What couriers ask for an order or for boxes: the cheapest that keeps the promised day is proposed, one tap takes it.
frappe.provide("sales_wh_flow.couriers");

Object.assign(sales_wh_flow.couriers, {
	/** For an order ({sales_order}) or for boxes of one address ({boxes: [name]}); `then` runs when one was taken. */
	async compare_rates(what, then) {
		const { for_order, args } = sales_wh_flow.couriers.asked(what);
		const found = for_order
			? await sales_wh_flow.ask("couriers.api.rates_for_order", args)
			: await sales_wh_flow.ask("couriers.api.rates_for_boxes", args);
		const dialog = new frappe.ui.Dialog({
			title: __("Compare Couriers"),
			size: "large",
			fields: [{ fieldtype: "HTML", fieldname: "offers" }],
		});
		const $offers = dialog.fields_dict.offers.$wrapper.html(sales_wh_flow.couriers.offers_of(found));
		$offers.on("click", ".swf-take", async ({ currentTarget }) => {
			const { courier, service } = found.offers[Number(currentTarget.dataset.at)];
			const chosen = { ...args, courier, service };
			const saying = __("Writing the courier...");
			await (for_order
				? sales_wh_flow.tell("couriers.api.take_rate_for_order", chosen, saying)
				: sales_wh_flow.tell("couriers.api.take_rate_for_boxes", chosen, saying));
			dialog.hide();
			then && then({ courier, service });
		});
		dialog.show();
		return dialog;
	},

	asked({ sales_order, boxes }) {
		return sales_order ? { for_order: true, args: { sales_order } } : { args: { boxes: JSON.stringify(boxes) } };
	},

	/** The dialog's inside: parcels and promise in a sentence, then an offer a row. */
	offers_of({ parcels, promised_on, offers, currency }) {
		const kg = parcels.reduce((sum, parcel) => sum + parcel.kg, 0);
		const count = [parcels.length, sales_wh_flow.qty(kg)];
		const what = parcels.length === 1 ? __("1 parcel, {0} kg", [count[1]]) : __("{0} parcels, {1} kg", count);
		const when = promised_on
			? __("promised for {0}", [frappe.datetime.str_to_user(promised_on)])
			: __("no day is promised");
		if (!offers.length) {
			return `<p class="text-muted">${__("No courier is enabled. Enable one, with its services and rates.")}</p>`;
		}
		const rows = offers.map((offer, at) => sales_wh_flow.couriers.offer_row(offer, at, currency)).join("");
		return `<p>${what} · ${when}</p>
			<div class="swf-offers">${rows}</div>`;
	},

	offer_row(offer, at, currency) {
		const { courier, service, freight, arrives, ships, is_proposed, why } = offer;
		const name = [courier, service].filter(Boolean).map(sales_wh_flow.escape).join(" · ");
		const price = freight === null ? __("price not known") : format_currency(freight, currency);
		const day = arrives
			? __(
					"leaves {0}, there {1}",
					[ships, arrives].map((it) => frappe.datetime.str_to_user(it))
				)
			: __("day not known");
		const mark = is_proposed ? `<span class="indicator-pill green">${__("Proposed")}</span>` : "";
		const against = why
			? `<span class="indicator-pill orange">${sales_wh_flow.couriers.why_words(why)}</span>`
			: "";
		const is_carried = !["no cod", "no dangerous goods"].includes(why);
		const style = is_proposed ? "btn-primary" : "btn-default";
		return `<div class="swf-offer">
			<div class="swf-offer-what"><b>${name}</b> ${mark}${against}<br><span class="text-muted">${day}</span></div>
			<div class="swf-offer-price">${price}</div>
			${is_carried ? `<button class="btn btn-sm ${style} swf-take" data-at="${at}">${__("Take")}</button>` : ""}
		</div>`;
	},

	why_words(why) {
		const words = {
			"no rate": __("No price for this way"),
			"too heavy": __("Too heavy for it"),
			"no day": __("No day known"),
			late: __("After the promised day"),
			"no cod": __("Collects no money on delivery"),
			"no dangerous goods": __("Takes no dangerous goods"),
		};
		return words[why] || sales_wh_flow.escape(why);
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh(frm) {
		const is_open = frm.doc.docstatus < 2 && !sales_wh_flow.is_status("over", frm.doc.status);
		if (
			sales_wh_flow.any_on() &&
			!frm.is_new() &&
			is_open &&
			frappe.model.can_read("Courier") &&
			frm.perm[0].write
		) {
			frm.add_custom_button(
				__("Compare Couriers"),
				() => sales_wh_flow.couriers.compare_rates({ sales_order: frm.doc.name }, () => frm.reload_doc()),
				__("View")
			);
		}
	},
});
