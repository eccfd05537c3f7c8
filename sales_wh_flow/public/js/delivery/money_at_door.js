// What is paid at the door: fields of a dialog that say what is due, what was taken, and how.
frappe.provide("sales_wh_flow");

const DECIMALS = 2;

sales_wh_flow.MoneyAtDoor = class MoneyAtDoor {
	/**
	 * box: with `collect` and `currency`, and what its proof says of money. others: boxes that may be answered with it.
	 * modes: how may be paid, the usual one first.
	 * due(): what is to be collected for what the dialog says now.
	 */
	constructor(options) {
		Object.assign(this, options);
		const paid = [this.box, ...(this.others || [])].find((box) => box.collect);
		this.currency = (paid || this.box).currency;
		this.is_asked = Boolean(paid || (this.is_correction && this.box.money_taken));
	}

	fields(depends_on) {
		if (!this.is_asked) {
			return [];
		}
		const before = this.is_correction ? this.box : {};
		const [first] = this.modes;
		const options = [...new Set([before.mode_of_payment, ...this.modes].filter(Boolean))];
		return [
			{ fieldtype: "HTML", fieldname: "due", depends_on },
			{ fieldtype: "Data", fieldname: "taken", label: __("Taken ({0})", [this.currency]), depends_on },
			{
				fieldtype: "Select",
				fieldname: "mode",
				label: __("Mode of Payment"),
				options: options.map((value) => ({ value, label: __(value) })),
				default: before.mode_of_payment || first,
				depends_on,
			},
			{
				fieldtype: "Data",
				fieldname: "slip",
				label: __("Slip or Cheque Number"),
				default: before.money_reference,
				depends_on: `eval:doc.mode !== ${JSON.stringify(first || "")}`,
			},
			{
				fieldtype: "Data",
				fieldname: "money_why",
				label: __("Why Another Amount"),
				default: before.money_reason,
			},
		];
	}

	bind(dialog) {
		this.dialog = dialog;
		if (!this.is_asked) {
			return;
		}
		sales_wh_flow.type_figures(dialog, "taken");
		if (this.is_correction) {
			dialog.set_value("taken", format_number(this.box.money_taken || 0, null, DECIMALS));
		}
		dialog.$wrapper.on("change input", "input, select", (event) => this.draw(event));
		this.draw({});
	}

	/** What is due follows the answer; so does the amount, until somebody typed another one. */
	draw({ target }) {
		const field = this.dialog.fields_dict.taken;
		this.is_typed = this.is_typed || this.is_correction || target === field.$input[0];
		const due = this.due();
		const text = sales_wh_flow.escape(sales_wh_flow.to_collect({ collect: due, currency: this.currency }));
		this.dialog.fields_dict.due.$wrapper.html(`<p><b>${text}</b></p>`);
		if (!this.is_typed) {
			field.$input.val(format_number(due, null, DECIMALS));
		}
		const is_needed = this.is_needed();
		["due", "taken", "mode", "slip"].forEach((one) => this.dialog.fields_dict[one].$wrapper.toggle(is_needed));
		const is_other = this.is_shown() && this.amount() !== due;
		this.dialog.fields_dict.money_why.$wrapper.toggle(is_other);
	}

	/** Whether a box that this answers is paid at the door: the one in hand, or another that is ticked. */
	is_needed() {
		return this.is_asked && Boolean(this.is_correction || this.box.collect || this.due());
	}

	is_shown() {
		const { answer } = this.dialog.fields_dict;
		return this.is_needed() && (this.is_correction || !answer || ["accept", "part"].includes(answer.get_value()));
	}

	amount() {
		return flt(sales_wh_flow.typed_figure(this.dialog.fields_dict.taken.$input.val()), DECIMALS);
	}

	why() {
		return cstr(this.dialog.get_value("money_why")).trim();
	}

	/** Why it can't be sent as it is; empty when it can. */
	problem() {
		if (!this.is_shown()) {
			return "";
		}
		if (Number.isNaN(sales_wh_flow.typed_figure(this.dialog.fields_dict.taken.$input.val()))) {
			return __("Enter what was taken, 0 for nothing.");
		}
		return this.amount() === this.due() || this.why() ? "" : __("Say why another amount was taken.");
	}

	/** What was said, for all boxes together; null where nothing is asked. */
	told() {
		if (!this.is_shown()) {
			return null;
		}
		const amount = this.amount();
		const [mode_of_payment, reference] = ["mode", "slip"].map((field) => this.dialog.get_value(field) || "");
		return {
			amount,
			...(amount ? { mode_of_payment, reference } : {}),
			reason: amount === this.due() ? "" : this.why(),
			due: this.due(),
		};
	}

	/** {box: what its receipt says}: each gets what is due for it while it lasts, the last the rest. */
	parts(boxes) {
		const whole = this.told();
		if (!whole) {
			return {};
		}
		if (boxes.length === 1) {
			return { [boxes[0].box]: { money: whole } };
		}
		let left = whole.amount;
		const paid = boxes.filter((box) => box.collect);
		return Object.fromEntries(
			paid.map(({ box, collect }, at) => {
				const due = flt(collect, DECIMALS);
				const amount = at === paid.length - 1 ? left : flt(Math.min(left, due), DECIMALS);
				left = flt(left - amount, DECIMALS);
				return [box, { money: { ...whole, amount, due, reason: amount === due ? "" : whole.reason } }];
			})
		);
	}
};
