// The dialog "What Is Missing" of a Sales Order.
frappe.provide("sales_wh_flow.shortage");

Object.assign(sales_wh_flow.shortage, {
	/** What the buttons say, in the order in which they stand. */
	labels() {
		return {
			"Material Transfer": __("Request Transfer"),
			Purchase: __("Request Purchase"),
			Manufacture: __("Request Manufacture"),
			"Purchase Order": __("Order from Supplier"),
			Substitute: __("Substitute"),
			Backorder: __("Backorder"),
			"Close Short": __("Close Short"),
		};
	},

	why_not: (code) =>
		({
			asked_already: __("All of it is requested or ordered already"),
			not_purchased: __("Not a purchase item"),
			nothing_elsewhere: __("No other warehouse has any free"),
			no_bom: __("No active default Bill of Materials"),
			no_supplier: __("The item has no default supplier"),
			component: __("A component is exchanged in the Product Bundle, not in an order"),
			no_substitute: __("No Item Alternative is entered for the item"),
			draft: __("Submit the order first"),
			not_allowed: __("Your role does not allow it"),
		})[code],

	async open(frm) {
		const dialog = new frappe.ui.Dialog({ title: __("What Is Missing"), size: "extra-large", fields: [] });
		dialog.$body.addClass("swf-shortage");
		dialog.order_form = frm;
		dialog.on_hide = () => frm.reload_doc();
		await sales_wh_flow.shortage.refresh(dialog);
		dialog.show();
	},

	async refresh(dialog) {
		const answer = await sales_wh_flow.ask("shortage.api.missing_lines", {
			sales_order: dialog.order_form.doc.name,
		});
		dialog.shown_answer = answer;
		dialog.$body.html(sales_wh_flow.shortage.html(answer));
		dialog.$body.find("[data-action]").on("click", (event) => {
			const button = $(event.currentTarget);
			const row = button.closest("[data-row]").attr("data-row");
			const rows = row ? [row] : sales_wh_flow.shortage.chosen(dialog);
			sales_wh_flow.shortage.act(dialog, button.attr("data-action"), rows);
		});
	},

	chosen(dialog) {
		return dialog.$body
			.find(".swf-choose:checked")
			.map((_at, box) => $(box).closest("[data-row]").attr("data-row"))
			.get();
	},

	html({ lines, done, backorders, is_draft }) {
		const shortage = sales_wh_flow.shortage;
		const all = lines.length
			? lines.map((line) => shortage.line(line, is_draft)).join("")
			: `<p class="swf-nothing">${__("Nothing is missing.")}</p>`;
		return shortage.bulk(lines) + all + shortage.history(done, backorders);
	},

	/** Buttons for several lines at once; only where there are several. */
	bulk(lines) {
		if (lines.length < 2) {
			return "";
		}
		const shortage = sales_wh_flow.shortage;
		const labels = shortage.labels();
		const buttons = Object.keys(labels)
			.filter((action) => action !== "Substitute")
			.map((action) => {
				const qty = lines
					.map((line) => line.actions.find((one) => one.action === action))
					.filter((one) => one && !one.why_not).length;
				return shortage.button(action, labels[action], qty && shortage.may(action) ? "" : "not_allowed", !qty);
			});
		return `<div class="swf-bulk"><span class="swf-caption">${__("Ticked lines")}</span>
			<div class="swf-ways">${buttons.join("")}</div></div>`;
	},

	line(line, is_draft) {
		const { escape, qty } = sales_wh_flow;
		const shortage = sales_wh_flow.shortage;
		const labels = shortage.labels();
		const ways = line.actions.map((offer) => {
			const lacks = offer.why_not || (shortage.may(offer.action) ? "" : "not_allowed");
			const where = offer.parts.map(([place, amount]) => `${qty(amount)} ${__("from")} ${place}`).join(", ");
			const gives_up = line.bundle && ["Backorder", "Close Short"].includes(offer.action);
			const unit = gives_up ? ` × ${line.bundle.item_code}` : "";
			const what = lacks || !offer.qty ? "" : ` ${qty(offer.qty)}${unit}`;
			return {
				action: offer.action,
				html: shortage.button(offer.action, labels[offer.action] + what, lacks, false, where),
			};
		});
		const usable = line.substitutes.filter((one) => !one.why_not);
		const substitute = shortage.button(
			"Substitute",
			labels.Substitute,
			shortage.no_substitute(line, usable),
			false,
			usable.map((one) => one.item_code).join(", ")
		);
		const order = Object.keys(labels);
		ways.push({ action: "Substitute", html: substitute });
		ways.sort((one, other) => order.indexOf(one.action) - order.indexOf(other.action));
		const facts = [
			__("{0} of {1} {2} missing in {3}", [
				`<b class="swf-missing">${qty(line.missing)}</b>`,
				qty(line.ordered),
				escape(line.uom),
				escape(line.warehouse || __("no warehouse")),
			]),
			line.bundle ? shortage.of_bundle(line.bundle, is_draft) : "",
			line.asked ? __("{0} asked for already", [qty(line.asked)]) : "",
			line.expected ? __("expected {0}", [frappe.datetime.str_to_user(line.expected)]) : "",
			line.consent ? escape(line.consent) : "",
		].filter(Boolean);
		return `<div class="swf-gap" data-row="${escape(line.row)}">
			<label class="swf-gap-what">
				<input type="checkbox" class="swf-choose" checked ${is_draft ? "disabled" : ""}>
				<span><b>#${line.idx} ${escape(line.item_code)}</b>
				${line.item_name && line.item_name !== line.item_code ? escape(line.item_name) : ""}
				<span class="swf-gap-facts">${facts.join(" · ")}</span></span>
			</label>
			<div class="swf-ways">${ways.map((way) => way.html).join("")}</div>
		</div>`;
	},

	/** Why nothing can stand in for the line's item; "" where something can. */
	no_substitute(line, usable) {
		if (line.bundle) {
			return "component";
		}
		return usable.length ? (sales_wh_flow.shortage.may("Substitute") ? "" : "not_allowed") : "no_substitute";
	},

	/** What of its bundle a component keeps back. */
	of_bundle({ item_code, missing, ordered }, is_draft) {
		const kit = sales_wh_flow.escape(item_code);
		const { qty } = sales_wh_flow;
		return is_draft
			? __("component of {0}", [kit])
			: __("component of {0}: {1} of {2} can't be made", [kit, qty(missing), qty(ordered)]);
	},

	button(action, label, why_not, is_hidden = false, hint = "") {
		if (is_hidden) {
			return "";
		}
		const { escape } = sales_wh_flow;
		const title = why_not ? sales_wh_flow.shortage.why_not(why_not) : hint;
		const colour = action === "Close Short" ? "btn-danger-light" : "";
		return `<button class="btn btn-xs btn-default ${colour}" data-action="${escape(action)}" title="${escape(title)}"
			${why_not ? "disabled" : ""}>${escape(label)}</button>`;
	},

	/** Whether the user's roles let it; the server checks again. */
	may(action) {
		if (["Purchase", "Material Transfer", "Manufacture"].includes(action)) {
			return frappe.model.can_create("Material Request");
		}
		if (action === "Purchase Order") {
			return frappe.model.can_create("Purchase Order");
		}
		return frappe.model.can_write("Sales Order");
	},

	history(done, backorders) {
		const { escape, link, qty } = sales_wh_flow;
		const orders = backorders
			.map(
				(one) => `${link("Sales Order", one.name)} ${sales_wh_flow.status_pill(one.swf_flow_status || "Draft")}`
			)
			.join(" ");
		const rows = done.map((deed) => {
			const paper = deed.reference_name ? link(deed.reference_doctype, deed.reference_name) : "";
			const consent = deed.consent_by ? `${deed.consent_by}, ${deed.consent_how}` : "";
			const words = [deed.new_item, deed.price_rule, consent, deed.reason]
				.filter(Boolean)
				.map(escape)
				.join(" · ");
			return `<li><b>${escape(__(deed.action))}</b> ${qty(deed.qty_stock)} × ${escape(deed.item_code)} ${paper}
				<span class="swf-muted">${words} ${escape(deed.actor)} ${comment_when(deed.happened_on)}</span></li>`;
		});
		const list = rows.length
			? `<div class="swf-part"><div class="swf-caption">${__("Done So Far")}</div><ul>${rows.join("")}</ul></div>`
			: "";
		return (
			(orders
				? `<div class="swf-part"><span class="swf-caption">${__("Backorders")}</span> ${orders}</div>`
				: "") + list
		);
	},
});
