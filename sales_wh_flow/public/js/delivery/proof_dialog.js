// What became of a box: accepted, a part, refused, nobody there; with receiver, signature or photo, and place.
frappe.provide("sales_wh_flow");

sales_wh_flow.ProofDialog = class ProofDialog {
	/**
	 * box: with its rows. answer: "accept", "other" or "correct". others: boxes of the same stop.
	 * send(receipts, why): [[box, receipt]]; why is null unless a proof is corrected. modes: how may be paid.
	 */
	constructor(options) {
		Object.assign(this, options);
		this.is_correction = this.answer === "correct";
		this.money = new sales_wh_flow.MoneyAtDoor({
			box: this.box,
			others: this.answer === "accept" ? this.others : [],
			modes: this.modes,
			is_correction: this.is_correction,
			due: () => this.due(),
		});
		this.dialog = sales_wh_flow.phone.dialog({
			title: this.title(),
			fields: this.fields(),
			primary_action_label: __("Save"),
			primary_action: (values) => this.save(values),
		});
		this.dialog.$wrapper.addClass("swf-proof");
		this.dialog.show();
		this.bind();
		this.money.bind(this.dialog);
	}

	/** The boxes that this answers, the one in hand first. */
	boxes() {
		return [this.box, ...(this.dialog.get_value("others") ? this.others : [])];
	}

	/** What is to be collected for what the dialog says was accepted; a correction of anything else asks what was asked. */
	due() {
		const answer = this.dialog.get_value("answer");
		if (!["accept", "part"].includes(answer)) {
			return 0;
		}
		const share = answer === "part" ? this.share_taken(this.refused_rows()) : 1;
		if (this.is_correction && this.box.to_collect && share === this.share_taken(this.box.rows)) {
			return flt(this.box.to_collect, 2);
		}
		const collect = this.boxes().reduce((sum, box) => sum + box.collect, 0);
		return flt(collect * share, 2);
	}

	/** How much of what is paid at the door was accepted, by what it is worth. */
	share_taken(refused) {
		const whole = this.box.rows.reduce((sum, row) => sum + row.worth, 0);
		const less = refused.reduce((sum, it) => {
			const { worth, qty } = this.box.rows.find((row) => row.row === it.row);
			return sum + (worth * it.refused_qty) / qty;
		}, 0);
		return whole ? 1 - less / whole : 1;
	}

	title() {
		const { box } = this.box;
		if (this.is_correction) {
			return __("Correct {0}", [box]);
		}
		return this.answer === "accept" ? __("{0}: Accepted", [box]) : __("{0}: Not All", [box]);
	}

	/** What was said before, which a correction changes; nothing for a first answer. */
	before() {
		const { outcome, receiver, reason, note } = this.is_correction ? this.box : {};
		const answer = { Accepted: "accept", "Partly Accepted": "part", Refused: "refuse", "Failed Attempt": "fail" };
		return { answer: answer[outcome], receiver, reason, note };
	}

	fields() {
		const before = this.before();
		const asks_answer = this.answer !== "accept";
		const is = (...answers) => `eval:${JSON.stringify(answers)}.includes(doc.answer)`;
		const taken = is("accept", "part", "refuse");
		const words = [
			["accept", __("All accepted")],
			["part", __("Part accepted")],
			["refuse", __("Refused")],
			["fail", __("Not delivered")],
		].filter(([value]) => this.is_correction || value !== "accept");
		const { refused, failed } = this.reasons;
		return [
			{
				fieldtype: asks_answer ? "Select" : "Data",
				fieldname: "answer",
				label: __("What Happened"),
				options: words.map(([value, label]) => ({ value, label })),
				default: before.answer || (asks_answer ? words[0][0] : "accept"),
				hidden: !asks_answer,
				reqd: 1,
			},
			{ fieldtype: "HTML", fieldname: "rows", depends_on: is("part") },
			...this.money.fields(this.is_correction ? is("accept", "part", "refuse", "fail") : is("accept", "part")),
			{
				...this.choice("refusal", refused, before.reason),
				depends_on: is("refuse"),
				mandatory_depends_on: is("refuse"),
			},
			{
				...this.choice("failure", failed, before.reason),
				depends_on: is("fail"),
				mandatory_depends_on: is("fail"),
			},
			{
				fieldtype: "Data",
				fieldname: "receiver",
				label: __("Received By"),
				depends_on: taken,
				default: before.receiver,
			},
			{ fieldtype: "Signature", fieldname: "signature", label: __("Signature"), depends_on: taken },
			{ fieldtype: "HTML", fieldname: "photo" },
			{ fieldtype: "Small Text", fieldname: "note", label: __("Note"), default: before.note },
			{
				fieldtype: "Check",
				fieldname: "others",
				label:
					this.others.length === 1
						? __("The other box of this stop, too")
						: __("The other {0} boxes of this stop, too", [this.others.length]),
				hidden: !this.others.length || asks_answer,
			},
			{
				fieldtype: "Check",
				fieldname: "consent",
				label: __("Keep where this is (I agree)"),
				hidden: !this.asks_place,
			},
			{
				fieldtype: "Small Text",
				fieldname: "why",
				label: __("Why It Is Corrected"),
				hidden: !this.is_correction,
				reqd: this.is_correction ? 1 : 0,
			},
		];
	}

	choice(fieldname, reasons, before) {
		const options = [{ value: "", label: "" }, ...reasons.map((value) => ({ value, label: __(value) }))];
		const said = reasons.includes(before) ? before : "";
		return { fieldtype: "Select", fieldname, label: __("Reason"), options, default: said };
	}

	bind() {
		const escape = frappe.utils.escape_html;
		const reasons = (chosen) =>
			this.reasons.refused
				.map((one) => `<option value="${escape(one)}" ${one === chosen ? "selected" : ""}>${__(one)}</option>`)
				.join("");
		const of_several = new Set(this.box.rows.map((row) => row.sales_order)).size > 1;
		const rows = this.box.rows.map((row) => {
			const serials = row.serials.split(/\s+/).filter(Boolean);
			const before = this.is_correction ? row : { refused_qty: 0, refused_reason: "", refused_serials: "" };
			const refused = before.refused_serials.split(/\s+/);
			const ticks = serials.map(
				(one) =>
					`<label class="swf-proof-serial"><input type="checkbox" value="${escape(one)}"
						${refused.includes(one) ? "checked" : ""}> ${escape(one)}</label>`
			);
			const order = of_several && row.sales_order ? ` · ${escape(row.sales_order)}` : "";
			return `<div class="swf-proof-row" data-row="${escape(row.row)}"><b>${escape(row.item_name || row.item_code)}</b>
				<div class="swf-muted">${__("{0} {1} packed", [sales_wh_flow.qty(row.qty), escape(row.uom)])}${row.batch_no ? ` · ${escape(row.batch_no)}` : ""}${order}</div>
				${ticks.join("")}
				<div class="swf-proof-not"><label>${__("Not accepted")}<input class="form-control" type="number" inputmode="decimal" min="0"
					max="${escape(row.qty)}" step="any" value="${escape(before.refused_qty)}" ${serials.length ? "readonly" : ""}></label>
				<label>${__("Reason")}<select class="form-control"><option value=""></option>${reasons(before.refused_reason)}</select></label></div></div>`;
		});
		this.dialog.fields_dict.rows.$wrapper.html(rows.join(""));
		this.dialog.fields_dict.rows.$wrapper.on("change", "[type=checkbox]", (event) => {
			const row = $(event.currentTarget).closest(".swf-proof-row");
			row.find("[type=number]").val(row.find("[type=checkbox]:checked").length).trigger("input");
		});
		this.dialog.fields_dict.photo.$wrapper.html(`<label class="btn btn-default swf-proof-photo">${__("Photo")}
			<input type="file" accept="image/*" capture="environment" hidden></label><img hidden alt="${__("Photo")}">`);
		this.dialog.fields_dict.photo.$wrapper.on("change", "input", async (event) => {
			this.photo = await sales_wh_flow.phone.shrunk(event.currentTarget.files[0]);
			this.dialog.fields_dict.photo.$wrapper.find("img").attr("src", this.photo).prop("hidden", false);
		});
		this.dialog.fields_dict.consent.$input?.on("change", (event) => {
			this.place = event.currentTarget.checked ? sales_wh_flow.phone.position() : null;
		});
	}

	refused_rows() {
		return this.dialog.fields_dict.rows.$wrapper
			.find(".swf-proof-row")
			.toArray()
			.map((element) => ({
				row: element.dataset.row,
				refused_qty: Number(element.querySelector("[type=number]").value || 0),
				reason: element.querySelector("select").value,
				serials: $(element)
					.find("[type=checkbox]:checked")
					.toArray()
					.map((one) => one.value),
			}))
			.filter((row) => row.refused_qty);
	}

	/** Why the refused rows can't be sent as they are; empty when they can. */
	problem(rows) {
		const [silent] = rows.filter((row) => !row.reason);
		if (silent) {
			const { item_name, item_code } = this.box.rows.find((row) => row.row === silent.row);
			return __("Say why {0} was not accepted.", [frappe.utils.escape_html(item_name || item_code)]);
		}
		return rows.length ? "" : __("Say how many were not accepted, and why.");
	}

	async save(values) {
		if (this.is_saved) {
			return; // a second tap
		}
		const rows = values.answer === "part" ? this.refused_rows() : [];
		const problem = (values.answer === "part" && this.problem(rows)) || this.money.problem();
		if (problem) {
			frappe.show_alert({ message: problem, indicator: "orange" });
			return;
		}
		this.is_saved = true;
		this.dialog.hide();
		const receipt = {
			answer: values.answer,
			rows,
			reason: { refuse: values.refusal, fail: values.failure }[values.answer] || "",
			note: values.note || "",
			receiver: values.receiver || "",
			signature: values.signature || "",
			photo: this.photo || "",
			happened_on: frappe.datetime.system_datetime(),
			device: sales_wh_flow.phone.device(),
			place: await this.where(values),
		};
		const parts = this.money.parts(this.boxes());
		const receipts = this.boxes().map(({ box }) => [box, { ...receipt, ...parts[box] }]);
		this.send(receipts, this.is_correction ? values.why : null);
	}

	async where({ consent }) {
		const found = consent && this.asks_place ? await (this.place || sales_wh_flow.phone.position()) : null;
		if (!found) {
			return null;
		}
		const { latitude, longitude, accuracy } = found.coords;
		const age_s = Math.max(0, Math.round((Date.now() - found.timestamp) / 1000));
		return { consent: true, latitude, longitude, accuracy_m: accuracy, age_s };
	}
};
