// Numbers on our own forms stand as a person writes them: "2", "2,5", "5%". Frappe fills them up with zeros, "2.000",
// by the site's precision; up to how many decimals they are kept stays as it is. Money keeps its own decimals. A field of
// a dialog says of itself that it `is_plain`.
(() => {
	const KINDS = ["Float", "Percent"];
	const is_ours = (df) =>
		Boolean(df) &&
		KINDS.includes(df.fieldtype) &&
		!(df.options || "").trim() &&
		(df.is_plain || (frappe.get_meta(df.parent) || {}).module === "Sales WH Flow");
	const is_number = (value) => !is_null(value) && value !== "" && !isNaN(Number(value));
	const plain = (value, df) => {
		const kept = flt(value, cint(df.precision) || cint(frappe.boot.sysdefaults.float_precision) || 3);
		return format_number(kept, null, (String(kept).split(".")[1] || "").length);
	};

	const control = frappe.ui.form.ControlFloat.prototype;
	const for_input = control.format_for_input;
	control.format_for_input = function (value) {
		return is_ours(this.df) && is_number(value) ? plain(value, this.df) : for_input.call(this, value);
	};

	const { formatters } = frappe.form;
	KINDS.forEach((kind) => {
		const native = formatters[kind];
		const unit = kind === "Percent" ? "%" : "";
		formatters[kind] = function (value, df, options, doc) {
			return is_ours(df) && is_number(value)
				? formatters._right(plain(value, df) + unit, options)
				: native.call(this, value, df, options, doc);
		};
	});
})();
