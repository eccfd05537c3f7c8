// Money that drivers took at doors: on the order, on the hand-over, and when Accounts take it in.
frappe.provide("sales_wh_flow.door_money");

Object.assign(sales_wh_flow.door_money, {
	/** "Collected" of the block "Order Flow"; empty where nothing was said of money. */
	part({ door_money = [] }) {
		const items = door_money.map((row) => `<li>${sales_wh_flow.door_money.line(row)}</li>`);
		return items.length
			? `<div class="swf-part swf-papers swf-door-money"><div><div class="swf-caption">${__("Money at the Door")}</div>
				<ul>${items.join("")}</ul></div></div>`
			: "";
	},

	/** "BOX-1: 150.00 of 200.00 taken, Cash (No change) · driver@example.com" and what became of it. HTML. */
	line({ proof, box, taken, to_collect, currency, mode_of_payment, reason, who, payment_entry, payment_docstatus }) {
		const { escape, link, pill } = sales_wh_flow;
		const [got, due] = [taken, to_collect].map((amount) => format_currency(flt(amount), currency));
		const texts = [__("{0} of {1} taken", [got, due]), taken ? __(mode_of_payment) : "", reason, who];
		const words = texts.filter(Boolean).map(escape).join(" · ");
		const paper = payment_entry && payment_entry !== "•" ? link("Payment Entry", payment_entry) : "";
		const state = payment_entry
			? pill(payment_docstatus ? __("Posted") : __("Handed In"), payment_docstatus ? "green" : "blue")
			: taken
				? pill(__("To Hand In"), "orange")
				: "";
		const short = flt(taken, 2) < flt(to_collect, 2) ? pill(__("Not All"), "red") : "";
		return `${link("Delivery Proof", proof, box)} ${words} ${short} ${state} ${paper}`;
	},

	/** What of these rows is still with the driver. */
	open(rows) {
		return rows.filter((row) => row.taken && !row.payment_entry);
	},

	/** "Cash 200.00 EUR · Card 30.00 EUR". Text. */
	sums(rows) {
		const by_mode = new Map();
		rows.forEach(({ mode_of_payment, currency, taken }) => {
			const key = `${mode_of_payment}|${currency}`;
			by_mode.set(key, flt((by_mode.get(key) || 0) + flt(taken), 2));
		});
		return [...by_mode]
			.map(([key, amount]) => {
				const [mode, currency] = key.split("|");
				return `${__(mode)} ${format_number(amount, null, 2)} ${currency}`;
			})
			.join(" · ");
	},

	/** Asks once more, then makes the Payment Entries. */
	hand_in(proofs, sums, done) {
		const text = sums
			? __("Take in {0}?", [sales_wh_flow.escape(sums)])
			: __("Take in the money of the chosen proofs?");
		frappe.confirm(text, async () => {
			const key = frappe.utils.get_random(32);
			const made = await sales_wh_flow.tell("door_money.api.hand_in", { proofs, key }, __("Making payments..."));
			sales_wh_flow.door_money.say_made(made);
			done && done();
		});
	},

	/** Asks in which Payment Entry, made by hand, this money is. */
	booked(proofs, done) {
		const field = {
			fieldtype: "Link",
			fieldname: "payment_entry",
			options: "Payment Entry",
			label: __("Payment Entry"),
			get_query: () => ({ filters: { payment_type: "Receive", docstatus: 1 } }),
			reqd: 1,
		};
		const send = async ({ payment_entry }) => {
			const args = { proofs, payment_entry, key: frappe.utils.get_random(32) };
			sales_wh_flow.door_money.say_made(await sales_wh_flow.tell("door_money.api.hand_in", args));
			done && done();
		};
		frappe.prompt([field], send, __("Booked by Hand"));
	},

	say_made({ payments, posted }) {
		const links = payments.map((name) => sales_wh_flow.link("Payment Entry", name)).join(", ");
		const words =
			posted.length === payments.length ? __("Posted: {0}", [links]) : __("To be submitted: {0}", [links]);
		frappe.show_alert({ message: words, indicator: "green" }, 15);
	},
});

sales_wh_flow.on_form("Courier Handover", {
	async refresh(frm) {
		const { name } = frm.doc;
		const money = frm.is_new()
			? null
			: await sales_wh_flow.ask_beside("door_money.api.money_of_handover", { handover: name });
		if (!money || frm.doc.name !== name) {
			return;
		}
		const { rows, to_collect, currency, may_hand_in } = money;
		const { line, open, sums, hand_in, booked } = sales_wh_flow.door_money;
		const block = sales_wh_flow.block_of(frm, "swf-door-money", Boolean(rows.length || to_collect));
		const with_driver = open(rows);
		const texts = [
			to_collect ? __("Still to collect: {0}", [format_currency(to_collect, currency)]) : "",
			with_driver.length ? __("To hand in: {0}", [sums(with_driver)]) : "",
		].filter(Boolean);
		block.html(`<div class="swf-headline"><span class="swf-title">${__("Money at the Door")}</span>
			<span class="swf-sentence">${texts.map(sales_wh_flow.escape).join(" · ")}</span></div>
			<ul>${rows.map((row) => `<li>${line(row)}</li>`).join("")}</ul>`);
		if (with_driver.length && may_hand_in) {
			const proofs = with_driver.map((row) => row.proof);
			frm.add_custom_button(__("Money Handed In"), () => hand_in(proofs, sums(with_driver), () => frm.refresh()));
			frm.add_custom_button(__("Booked by Hand"), () => booked(proofs, () => frm.refresh()));
		}
	},
});
