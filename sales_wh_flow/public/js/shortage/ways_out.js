// What each button of "What Is Missing" does.
frappe.provide("sales_wh_flow.shortage");

Object.assign(sales_wh_flow.shortage, {
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
			const name = await sales_wh_flow.tell(
				"shortage.api.request_stock",
				{ ...args, kind },
				__("Asking for stock...")
			);
			return __("Made {0}", [sales_wh_flow.link("Material Request", name)]);
		},

		async "Purchase Order"(args) {
			const names = await sales_wh_flow.tell("shortage.api.order_from_suppliers", args, __("Ordering..."));
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
						description: __(
							"Empty: when incoming stock is expected, else so many days later as the settings say."
						),
					},
				],
				__("Split Off"),
				async ({ due }) => {
					const { name, docstatus } = await sales_wh_flow.tell("shortage.api.split_backorder", {
						...args,
						due,
					});
					const order = sales_wh_flow.link("Sales Order", name);
					return docstatus
						? __("Backorder {0} made", [order])
						: __("Backorder {0} waits for approval", [order]);
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
					const qty = await sales_wh_flow.tell("shortage.api.close_short", { ...args, reason });
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
					{
						fieldtype: "Datetime",
						fieldname: "consent_on",
						label: __("When"),
						default: frappe.datetime.system_datetime(),
					},
				],
				__("Substitute"),
				async ({ item_code, price_rule, consent_by, consent_how, consent_on }) => {
					const { sales_order } = args;
					const values = { item_code, price_rule, consent_by, consent_how, consent_on };
					await sales_wh_flow.tell("shortage.api.take_substitute", { sales_order, row: line.row, ...values });
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
