// What became of a box: accepted, a part, refused, nobody there; with receiver, signature or photo, and place.
frappe.provide("sales_wh_flow");

sales_wh_flow.ProofDialog = class ProofDialog {
	/**
	 * box: with its rows. answer: "accept", "other" or "correct". others: boxes of the same stop.
	 * send(receipt, boxes, why): why is null unless a proof is corrected.
	 */
	constructor(options) {
		Object.assign(this, options);
		this.is_correction = this.answer === "correct";
		this.dialog = new frappe.ui.Dialog({
			title: this.box.box,
			fields: this.fields(),
			primary_action_label: __("Save"),
			primary_action: (values) => this.save(values),
		});
		this.dialog.$wrapper.addClass("swf-proof");
		this.dialog.show();
		this.bind();
	}

	fields() {
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
				default: asks_answer ? words[0][0] : "accept",
				hidden: !asks_answer,
				reqd: 1,
			},
			{
				fieldtype: "HTML",
				fieldname: "money",
				depends_on: is("accept", "part"),
				hidden: !this.box.collect || this.is_correction,
				options: `<p><b>${frappe.utils.escape_html(sales_wh_flow.to_collect(this.box))}</b></p>`,
			},
			{ fieldtype: "HTML", fieldname: "rows", depends_on: is("part") },
			{ ...this.choice("refusal", refused), depends_on: is("refuse"), mandatory_depends_on: is("refuse") },
			{ ...this.choice("failure", failed), depends_on: is("fail"), mandatory_depends_on: is("fail") },
			{ fieldtype: "Data", fieldname: "receiver", label: __("Received By"), depends_on: taken },
			{ fieldtype: "Signature", fieldname: "signature", label: __("Signature"), depends_on: taken },
			{ fieldtype: "HTML", fieldname: "photo" },
			{ fieldtype: "Small Text", fieldname: "note", label: __("Note") },
			{
				fieldtype: "Check",
				fieldname: "others",
				label: __("The other {0} boxes of this stop, too", [this.others.length]),
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

	choice(fieldname, reasons) {
		const options = reasons.map((value) => ({ value, label: __(value) }));
		return { fieldtype: "Select", fieldname, label: __("Reason"), options: [{ value: "", label: "" }, ...options] };
	}

	bind() {
		const escape = frappe.utils.escape_html;
		const reasons = this.reasons.refused.map((one) => `<option value="${escape(one)}">${__(one)}</option>`);
		const rows = this.box.rows.map((row) => {
			const serials = row.serials.split(/\s+/).filter(Boolean);
			const ticks = serials.map(
				(one) =>
					`<label class="swf-proof-serial"><input type="checkbox" value="${escape(one)}"> ${escape(one)}</label>`
			);
			return `<div class="swf-proof-row" data-row="${escape(row.row)}"><b>${escape(row.item_name || row.item_code)}</b>
				<div class="swf-muted">${__("{0} {1} packed", [row.qty, escape(row.uom)])}${row.batch_no ? ` · ${escape(row.batch_no)}` : ""}</div>
				${ticks.join("")}
				<div class="swf-proof-not"><label>${__("Not accepted")}<input class="form-control" type="number" inputmode="decimal" min="0"
					max="${escape(row.qty)}" step="any" value="0" ${serials.length ? "readonly" : ""}></label>
				<label>${__("Reason")}<select class="form-control"><option value=""></option>${reasons.join("")}</select></label></div></div>`;
		});
		this.dialog.fields_dict.rows.$wrapper.html(rows.join(""));
		this.dialog.fields_dict.rows.$wrapper.on("change", "[type=checkbox]", (event) => {
			const row = $(event.currentTarget).closest(".swf-proof-row");
			row.find("[type=number]").val(row.find("[type=checkbox]:checked").length);
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

	async save(values) {
		const rows = values.answer === "part" ? this.refused_rows() : [];
		if (values.answer === "part" && (!rows.length || rows.some((row) => !row.reason))) {
			frappe.show_alert({ message: __("Say how many were not accepted, and why."), indicator: "orange" });
			return;
		}
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
		const boxes = [this.box.box, ...(values.others ? this.others.map((one) => one.box) : [])];
		this.send(receipt, boxes, this.is_correction ? values.why : null);
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
