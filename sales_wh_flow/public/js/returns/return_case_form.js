// The Return Case's form: what is next, and only what will work.
sales_wh_flow.on_form("Return Case", {
	setup(frm) {
		const enabled = () => ({ filters: { enabled: 1 } });
		frm.set_query("reason", enabled);
		["reason", "condition"].forEach((field) => frm.set_query(field, "rows", enabled));
		frm.set_query("warehouse", "rows", () => ({ filters: { company: frm.doc.company, is_group: 0, disabled: 0 } }));
	},

	refresh(frm) {
		frm.set_df_property("rows", "cannot_add_rows", true);
		sales_wh_flow.keep_rows(frm.fields_dict.rows.grid);
		const colours = { Open: "orange", "Partly Posted": "yellow", Posted: "green", Cancelled: "gray" };
		frm.page.set_indicator(__(frm.doc.state || "Open"), colours[frm.doc.state] || "orange");
		if (["Posted", "Cancelled"].includes(frm.doc.state)) {
			frm.disable_form();
		}
		if (frm.is_new()) {
			frm.disable_save();
			frm.set_intro(__("Goods that come back are chosen of what was delivered."), "blue");
			frm.add_custom_button(__("Choose Goods"), () => sales_wh_flow.returns.choose_customer());
			return null;
		}
		return frm.is_dirty() ? null : sales_wh_flow.return_case.show(frm);
	},
});

sales_wh_flow.on_form("Return Case Row", {
	/** The condition proposes the decision. */
	async condition(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (!row.condition) {
			return;
		}
		const { message } = await frappe.db.get_value("Return Condition", row.condition, "decision");
		if (message && message.decision) {
			await frappe.model.set_value(cdt, cdn, "decision", message.decision);
		}
	},
});

frappe.provide("sales_wh_flow.return_case");

Object.assign(sales_wh_flow.return_case, {
	async show(frm) {
		const { name } = frm.doc;
		const next = await sales_wh_flow.ask("returns.api.what_next", { return_case: name });
		if (frm.doc.name !== name) {
			return;
		}
		const act =
			(method, args = {}) =>
			() =>
				sales_wh_flow.return_case.run(frm, method, args);
		const actions = [];
		if (next.may_post) {
			actions.push({ label: __("Post Returns"), run: act("returns.api.post_return") });
		} else if (next.may_credit) {
			actions.push({ label: __("Make Credit Notes"), run: act("returns.api.credit_return") });
		}
		if (next.may_waive) {
			actions.push({
				label: __("Waive the Window"),
				run: () => sales_wh_flow.return_case.why(frm, "returns.api.waive_window"),
			});
			if (frm.doc.waiver_answer !== "Refused") {
				frm.add_custom_button(__("Refuse Waiver"), () =>
					sales_wh_flow.return_case.why(frm, "returns.api.refuse_waiver")
				);
			}
		}
		sales_wh_flow.show_main_actions(frm, actions);
		if (next.may_fill) {
			sales_wh_flow.return_case.add_more_buttons(frm, next);
		}
		if (next.may_end) {
			frm.add_custom_button(__("Nothing More Comes"), act("returns.api.expect_no_more"));
		}
		if (next.may_cancel) {
			frm.add_custom_button(__("Cancel Case"), () =>
				sales_wh_flow.return_case.why(frm, "returns.api.cancel_return")
			);
		}
		sales_wh_flow.return_case.draw(frm, next);
	},

	/** What came besides, who looks at it, and how announced goods come. */
	add_more_buttons(frm, next) {
		const group = __("More");
		const { customer, company } = frm.doc;
		frm.add_custom_button(
			__("Add Goods"),
			() => sales_wh_flow.returns.open_dialog({ customer, company, return_case: frm.doc.name }, frm),
			group
		);
		frm.add_custom_button(__("Return Label"), () => sales_wh_flow.return_case.ask_label(frm), group);
		frm.add_custom_button(__("Split Row"), () => sales_wh_flow.return_case.ask_split(frm), group);
		next.to_inspect.forEach(({ row, idx }) =>
			frm.add_custom_button(
				__("Inspect Row {0}", [idx]),
				async () => {
					const args = { return_case: frm.doc.name, row };
					const name = await sales_wh_flow.tell("returns.api.inspect_returned", args);
					frappe.set_route("Form", "Quality Inspection", name);
				},
				group
			)
		);
	},

	/** A part of a row is decided otherwise: it becomes a row of its own. */
	ask_split(frm) {
		const rows = frm.doc.rows.filter((row) => !row.return_note && flt(row.received_qty || row.expected_qty) > 0);
		const fields = [
			{
				fieldname: "row",
				fieldtype: "Select",
				label: __("Row"),
				reqd: 1,
				options: rows.map((row) => ({
					value: row.name,
					label: `#${row.idx} ${row.item_code}: ${sales_wh_flow.qty(row.received_qty || row.expected_qty)} ${row.uom || ""}`,
				})),
				default: rows.length && rows[0].name,
			},
			{ fieldname: "qty", fieldtype: "Float", is_plain: true, label: __("Quantity of the new row"), reqd: 1 },
		];
		frappe.prompt(fields, ({ row, qty }) => sales_wh_flow.return_case.split(frm, row, qty), __("Split Row"));
	},

	async split(frm, name, qty) {
		const row = frm.doc.rows.find((one) => one.name === name);
		const all = flt(row.received_qty || row.expected_qty);
		if (!(qty > 0 && qty < all)) {
			frappe.msgprint(__("Enter more than 0 and less than {0}.", [sales_wh_flow.qty(all)]), __("Split Row"));
			return;
		}
		const serials = (row.serial_nos || "").split(/[\n,]/).filter((serial) => serial.trim());
		const count = Math.round(qty * flt(row.conversion_factor || 1));
		const { delivery_note_item, batch_no, reason, condition, remedy } = row;
		frm.add_child("rows", {
			...{
				delivery_note_item,
				batch_no,
				reason,
				condition,
				remedy,
				expected_qty: Math.min(qty, row.expected_qty),
			},
			received_qty: row.received_qty ? qty : 0,
			serial_nos: serials.slice(0, count).join("\n"),
		});
		Object.assign(row, {
			expected_qty: Math.max(flt(row.expected_qty) - qty, 0),
			received_qty: row.received_qty ? flt(row.received_qty) - qty : 0,
			inspected_qty: Math.min(flt(row.inspected_qty), all - qty),
			serial_nos: serials.slice(count).join("\n"),
		});
		frm.refresh_field("rows");
		frm.dirty();
		await frm.save();
	},

	/** The courier's label opens; where it makes none, the company's own slip prints. */
	ask_label(frm) {
		const fields = [
			{
				fieldname: "courier",
				fieldtype: "Link",
				options: "Courier",
				label: __("Courier"),
				reqd: 1,
				default: frm.doc.return_courier,
			},
		];
		frappe.prompt(
			fields,
			async ({ courier }) => {
				const args = { return_case: frm.doc.name, courier };
				const made = await sales_wh_flow.tell("returns.api.make_return_label", args);
				await frm.reload_doc();
				const print = new URLSearchParams({ doctype: "Return Case", name: frm.doc.name, format: made.print });
				window.open(made.label || `/printview?${print}`, "_blank", "noopener");
			},
			__("Return Label")
		);
	},

	async run(frm, method, args) {
		await sales_wh_flow.tell(method, { return_case: frm.doc.name, ...args }, __("Please wait ..."));
		await frm.reload_doc();
	},

	why(frm, method) {
		const fields = [{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 }];
		const titles = {
			"returns.api.waive_window": __("Waive the Window"),
			"returns.api.refuse_waiver": __("Refuse Waiver"),
			"returns.api.cancel_return": __("Cancel Case"),
		};
		frappe.prompt(fields, ({ reason }) => sales_wh_flow.return_case.run(frm, method, { reason }), titles[method]);
	},

	/** How late it is, and whose word is missing: one line for each rule that asks. */
	lateness(frm, { waivers }) {
		const days = sales_wh_flow.qty(frm.doc.days_late);
		if (frm.doc.waiver_answer === "Refused") {
			return __("{0} days after the return window, and refused: cancel the case, or take out what is late.", [
				days,
			]);
		}
		const asked = waivers.map((one) => `<li>${sales_wh_flow.return_case.ask_in_words(one)}</li>`);
		return `${__("{0} days after the return window.", [days])}<ul>${asked.join("")}</ul>`;
	},

	ask_in_words({ rule, why, who, given, needed, due }) {
		const { escape } = sales_wh_flow;
		const parts = [
			rule ? `<b>${escape(rule)}</b>` : "",
			why ? `${escape(why)}.` : "",
			who ? __("Waits for {0}.", [escape(who)]) : __("Nobody may let it in."),
			needed > 1 ? __("{0} of {1} have said yes.", [given, needed]) : "",
			due ? __("Due on {0}.", [frappe.datetime.str_to_user(due)]) : "",
		];
		return parts.filter(Boolean).join(" ");
	},

	/** Above the fields: the documents made, what is not credited, and for whom the case waits. */
	draw(frm, next) {
		const { link, pill } = sales_wh_flow;
		const parts = next.documents.map(
			({ document_type, document_name, docstatus, money }) =>
				`<li>${link(document_type, document_name)} ${
					docstatus ? pill(__("Submitted"), "green") : pill(__("Draft"), "gray")
				} ${sales_wh_flow.escape(money)}</li>`
		);
		if (next.undecided.length && frm.doc.state !== "Cancelled") {
			const told = __("Decision and remedy are missing in row {0}. With them, Post Returns posts what came.", [
				next.undecided.join(", "),
			]);
			parts.push(`<li>${told}</li>`);
		}
		if (next.without_serials.length) {
			const told = __("Serial numbers are missing in row {0}.", [next.without_serials.join(", ")]);
			parts.push(`<li>${told}</li>`);
		}
		if (next.given_away.length) {
			const told = __(
				"Row {0} is to be paid all the same, and is not invoiced yet: Draft Invoice on the order takes it in, an invoice made of the Delivery Note leaves out what came back.",
				[next.given_away.join(", ")]
			);
			parts.push(`<li class="text-warning">${told}</li>`);
		}
		if (next.not_credited) {
			const told = __("{0} to be refunded and not credited yet", [sales_wh_flow.qty(next.not_credited)]);
			parts.push(`<li>${told}</li>`);
		}
		if (next.left_out) {
			const told = __("{0} refunded: not invoiced, so the invoice leaves it out", [
				sales_wh_flow.qty(next.left_out),
			]);
			parts.push(`<li>${told}</li>`);
		}
		if (next.waits_for_waiver) {
			parts.push(`<li>${sales_wh_flow.return_case.lateness(frm, next)}</li>`);
		}
		const block = sales_wh_flow.block_of(frm, "swf-flow", parts.length);
		block.append(`<div class="swf-papers"><div><div class="swf-caption">${__("So Far")}</div>
			<ul>${parts.join("")}</ul></div></div>`);
	},
});
