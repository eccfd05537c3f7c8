// The dialogs "What Is Missing" and "Re-route" of a Sales Order: what each way out would do, one click each.
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
		}[code]),

	async open(frm) {
		sales_wh_flow.add_styles();
		const dialog = new frappe.ui.Dialog({ title: __("What Is Missing"), size: "extra-large", fields: [] });
		dialog.$body.addClass("swf-shortage");
		dialog.order_form = frm;
		dialog.on_hide = () => frm.reload_doc();
		await sales_wh_flow.shortage.refresh(dialog);
		dialog.show();
	},

	async refresh(dialog) {
		const answer = await sales_wh_flow.ask("missing_lines", { sales_order: dialog.order_form.doc.name });
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
			return { action: offer.action, html: shortage.button(offer.action, labels[offer.action] + what, lacks, false, where) };
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
			.map((one) => `${link("Sales Order", one.name)} ${sales_wh_flow.status_pill(one.swf_flow_status || "Draft")}`)
			.join(" ");
		const rows = done.map((deed) => {
			const paper = deed.reference_name ? link(deed.reference_doctype, deed.reference_name) : "";
			const consent = deed.consent_by ? `${deed.consent_by}, ${deed.consent_how}` : "";
			const words = [deed.new_item, deed.price_rule, consent, deed.reason].filter(Boolean).map(escape).join(" · ");
			return `<li><b>${escape(__(deed.action))}</b> ${qty(deed.qty_stock)} × ${escape(deed.item_code)} ${paper}
				<span class="swf-muted">${words} ${escape(frappe.user.full_name(deed.actor))} ${comment_when(
				deed.happened_on
			)}</span></li>`;
		});
		const list = rows.length
			? `<div class="swf-part"><div class="swf-caption">${__("Done So Far")}</div><ul>${rows.join("")}</ul></div>`
			: "";
		return (orders ? `<div class="swf-part"><span class="swf-caption">${__("Backorders")}</span> ${orders}</div>` : "") + list;
	},

	async act(dialog, action, rows) {
		const shortage = sales_wh_flow.shortage;
		if (!rows.length) {
			frappe.show_alert({ message: __("Tick at least one line."), indicator: "orange" });
			return;
		}
		// Of several lines those that can't be dealt with this way are left alone; a single one says why.
		const fit = dialog.shown_answer.lines.filter((line) => {
			const offer = line.actions.find((one) => one.action === action);
			return rows.includes(line.row) && (!offer || !offer.why_not);
		});
		const args = { sales_order: dialog.order_form.doc.name, rows: JSON.stringify(fit.map((line) => line.row)) };
		const way = shortage.ways[action] || shortage.ways.request;
		const made = await way(args, action, fit[0], dialog.shown_answer);
		if (made) {
			frappe.show_alert({ message: made, indicator: "green" }, 10);
			await shortage.refresh(dialog);
		}
	},

	ways: {
		async request(args, kind) {
			const name = await sales_wh_flow.tell("request_stock", { ...args, kind }, __("Asking for stock..."));
			return __("Made {0}", [sales_wh_flow.link("Material Request", name)]);
		},

		async "Purchase Order"(args) {
			const names = await sales_wh_flow.tell("order_from_suppliers", args, __("Ordering..."));
			return __("Made {0}", [names.map((name) => sales_wh_flow.link("Purchase Order", name)).join(", ")]);
		},

		Backorder(args) {
			return sales_wh_flow.shortage.prompt(
				__("Split Off a Backorder"),
				[
					{
						fieldtype: "Date",
						fieldname: "due",
						label: __("Due"),
						description: __("Empty: when incoming stock is expected, else so many days later as the settings say."),
					},
				],
				__("Split Off"),
				async ({ due }) => {
					const { name, docstatus } = await sales_wh_flow.tell("split_backorder", { ...args, due });
					const order = sales_wh_flow.link("Sales Order", name);
					return docstatus ? __("Backorder {0} made", [order]) : __("Backorder {0} waits for approval", [order]);
				}
			);
		},

		"Close Short"(args) {
			return sales_wh_flow.shortage.prompt(
				__("Close Short"),
				[
					{
						fieldtype: "Small Text",
						fieldname: "reason",
						label: __("Why"),
						reqd: 1,
						description: __("The ordered quantity comes down to what was served. The reason is kept."),
					},
				],
				__("Close Short"),
				async ({ reason }) => {
					const qty = await sales_wh_flow.tell("close_short", { ...args, reason });
					return __("{0} given up", [sales_wh_flow.qty(qty)]);
				}
			);
		},

		Substitute(args, _action, line, { price_rules }) {
			const { escape, qty } = sales_wh_flow;
			const usable = line.substitutes.filter((one) => !one.why_not);
			const rows = line.substitutes.map(
				(one) => `<li><b>${escape(one.item_code)}</b> ${escape(one.item_name || "")}
					<span class="swf-muted">${
						one.why_not === "uom"
							? __("no conversion for the unit of {0}", [escape(line.item_code)])
							: one.why_not
							? __("disabled or not sold")
							: __("{0} {1} needed, {2} free here, {3} in all; price {4} instead of {5}", [
									qty(one.qty),
									escape(one.uom),
									qty(one.free),
									qty(one.free_anywhere),
									one.list_rate ? format_currency(one.list_rate) : __("not listed"),
									format_currency(one.old_rate),
							  ])
					}${one.via.length ? ` · ${__("by way of {0}", [one.via.map(escape).join(", ")])}` : ""}</span></li>`
			);
			return sales_wh_flow.shortage.prompt(
				__("Substitute for {0}", [escape(line.item_code)]),
				[
					{ fieldtype: "HTML", fieldname: "list", options: `<ul class="swf-list">${rows.join("")}</ul>` },
					{
						fieldtype: "Select",
						fieldname: "item_code",
						label: __("Substitute"),
						options: usable.map((one) => one.item_code),
						default: usable[0].item_code,
						reqd: 1,
					},
					{
						fieldtype: "Select",
						fieldname: "price_rule",
						label: __("Price"),
						options: price_rules,
						default: price_rules[0],
						reqd: 1,
					},
					{ fieldtype: "Section Break", label: __("The Customer's Consent") },
					{ fieldtype: "Data", fieldname: "consent_by", label: __("Given By"), reqd: 1 },
					{ fieldtype: "Column Break" },
					{
						fieldtype: "Data",
						fieldname: "consent_how",
						label: __("How"),
						reqd: 1,
						description: __("By telephone, by mail, in person..."),
					},
					{ fieldtype: "Datetime", fieldname: "consent_on", label: __("When"), default: frappe.datetime.now_datetime() },
				],
				__("Substitute"),
				async ({ item_code, price_rule, consent_by, consent_how, consent_on }) => {
					const { sales_order } = args;
					const values = { item_code, price_rule, consent_by, consent_how, consent_on };
					await sales_wh_flow.tell("take_substitute", { sales_order, row: line.row, ...values });
					return __("{0} takes the place of {1}", [escape(item_code), escape(line.item_code)]);
				}
			);
		},
	},

	/** Resolves to what ``run`` answers, or to nothing when the user closes the dialog. */
	prompt(title, fields, label, run) {
		return new Promise((resolve) => {
			const dialog = new frappe.ui.Dialog({
				title,
				fields,
				primary_action_label: label,
				primary_action(values) {
					dialog.disable_primary_action();
					run(values)
						.then((answer) => {
							resolve(answer);
							dialog.hide();
						})
						.catch(() => dialog.enable_primary_action());
				},
			});
			dialog.on_hide = () => resolve(null);
			dialog.show();
		});
	},
});

frappe.provide("sales_wh_flow.reroute");

Object.assign(sales_wh_flow.reroute, {
	/** Before and after for every line that may move; nothing is written until the user presses Re-route. */
	async open(frm) {
		sales_wh_flow.add_styles();
		const { lines } = await sales_wh_flow.ask("reroute_choices", { sales_order: frm.doc.name });
		if (!lines.length) {
			frappe.msgprint(__("Nothing of this order can move: all of it is picked or delivered."), __("Re-route"));
			return;
		}
		const reroute = sales_wh_flow.reroute;
		const dialog = new frappe.ui.Dialog({
			title: __("Re-route"),
			size: "extra-large",
			fields: [
				{ fieldtype: "HTML", fieldname: "lines", options: reroute.html(lines) },
				{
					fieldtype: "Data",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("Kept on the lines and in the timeline."),
				},
			],
			primary_action_label: __("Re-route"),
			async primary_action({ reason }) {
				const moves = reroute.moves(dialog, lines);
				if (!moves.length) {
					frappe.show_alert({ message: __("Every line stays where it is."), indicator: "orange" });
					return;
				}
				const moved = await sales_wh_flow.tell(
					"reroute",
					{ sales_order: frm.doc.name, moves: JSON.stringify(moves), reason },
					__("Moving lines and locks...")
				);
				dialog.hide();
				await frm.reload_doc();
				const words = moved.map((one) => `${sales_wh_flow.qty(one.qty)} × ${one.item_code}: ${one.warehouse}`);
				frappe.show_alert({ message: words.map(sales_wh_flow.escape).join("<br>"), indicator: "green" }, 10);
			},
		});
		dialog.show();
		dialog.$body.find("[data-place]").on("change input", () => reroute.count(dialog, lines));
		reroute.count(dialog, lines);
	},

	html(lines) {
		const { escape, qty } = sales_wh_flow;
		const rows = lines.map((line) => {
			const proposed = Object.fromEntries(line.proposal.map((one) => [one.warehouse, one.qty]));
			const names = new Set([...line.choices.map((one) => one.warehouse), ...Object.keys(proposed)]);
			names.delete(line.warehouse);
			const free = Object.fromEntries(line.choices.map((one) => [one.warehouse, one.free]));
			const places = [...names].map(
				(name) => `<label class="swf-source"><span>${escape(name)}
					<span class="swf-muted">${__("{0} free", [qty(free[name] || 0)])}</span></span>
					<input type="number" min="0" step="any" class="form-control input-xs" data-place="${escape(name)}"
						value="${proposed[name] || 0}"></label>`
			);
			return `<div class="swf-gap" data-row="${escape(line.row)}">
				<div class="swf-gap-what"><span><b>#${line.idx} ${escape(line.item_code)}</b> ${escape(line.item_name || "")}
				<span class="swf-gap-facts">${__("{0} {1} open in {2}: {3} locked, {4} waiting", [
					qty(line.open),
					escape(line.uom),
					escape(line.warehouse),
					qty(line.locked),
					qty(line.waiting),
				])}${line.listed ? ` · ${__("{0} on Pick Lists stay", [qty(line.listed)])}` : ""}</span></span></div>
				<div class="swf-sources">${places.join("") || `<span class="swf-muted">${__("No other warehouse has any free.")}</span>`}</div>
				<div class="swf-after"></div>
			</div>`;
		});
		return `<p class="swf-muted">${__(
			"How much of each line shall come from where? What you see filled in is what the routing rules would do now."
		)}</p>${rows.join("")}`;
	},

	moves(dialog, lines) {
		return lines.flatMap((line) =>
			dialog.$body
				.find(`[data-row="${line.row}"] [data-place]`)
				.map((_at, box) => ({ row: line.row, warehouse: $(box).attr("data-place"), qty: flt($(box).val()) }))
				.get()
				.filter((move) => move.qty > 0)
		);
	},

	/** The line below each row: what would be where, and what of it locked at once. */
	count(dialog, lines) {
		const { escape, qty } = sales_wh_flow;
		lines.forEach((line) => {
			const moves = sales_wh_flow.reroute.moves(dialog, [line]);
			const gone = moves.reduce((sum, move) => sum + move.qty, 0);
			const stays = flt(line.open - gone, 6);
			const free = Object.fromEntries(line.choices.map((one) => [one.warehouse, one.free]));
			const parts = moves.map((move) =>
				__("{0} from {1} ({2} locked at once)", [
					qty(move.qty),
					escape(move.warehouse),
					qty(Math.min(free[move.warehouse] || 0, move.qty)),
				])
			);
			if (stays > 0) {
				parts.unshift(
					__("{0} stay in {1} ({2} locked)", [qty(stays), escape(line.warehouse), qty(Math.min(line.locked, stays))])
				);
			}
			const is_too_much = stays < 0;
			dialog.$body
				.find(`[data-row="${line.row}"] .swf-after`)
				.toggleClass("text-danger", is_too_much)
				.html(
					is_too_much
						? __("{0} more than can move", [qty(-stays)])
						: `<b>${__("After")}:</b> ${parts.join(" · ")}`
				);
		});
	},
});
