// Dialogs for whoever hears them read out or uses a thumb, while something of ours is on: Frappe names neither the
// fields of a dialog nor the button that closes it. The styles for .swf-on are in _accessible.scss.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Each field gets the name that stands above it, where it has none. */
	name_fields(dialog) {
		dialog.find(".btn-modal-close:not([aria-label])").attr("aria-label", __("Close"));
		dialog.find(".frappe-control").each((_at, control) => {
			const label = $(control).find(".control-label").first().text().trim();
			label && $(control).find("input, select, textarea").not("[aria-label], [id]").attr("aria-label", label);
		});
	},
});

$(document).on("app_ready", () => document.body.classList.toggle("swf-on", sales_wh_flow.any_on()));
$(document).on("shown.bs.modal", ({ target }) => sales_wh_flow.any_on() && sales_wh_flow.name_fields($(target)));
// Who closes a form's last dialog goes on where it was opened. Not on pages that scan: there Enter would press the button.
let pressed_in_form = null;
document.addEventListener("focusin", ({ target }) => {
	if (!target.closest(".modal")) {
		pressed_in_form = target.closest(".form-layout :is(button, a)");
	}
});
$(document).on("hidden.bs.modal", () => {
	const is_lost = document.activeElement === document.body && !$(".modal.show").length;
	is_lost && pressed_in_form && sales_wh_flow.any_on() && pressed_in_form.focus();
});
