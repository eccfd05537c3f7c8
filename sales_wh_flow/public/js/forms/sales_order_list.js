// The list of Sales Orders shows the flow status where there is one, else what ERPNext shows.
{
	const settings = frappe.listview_settings["Sales Order"] || {};
	const erpnext_indicator = settings.get_indicator;
	const erpnext_onload = settings.onload;
	const swf = frappe.boot.swf || {};
	const is_on = ["approval", "stock_lock", "routing", "fulfilment", "forecast"].some((capability) => swf[capability]);

	/** ERPNext's own answer, the part that Frappe gives before it asks the list's settings included. */
	settings.swf_native_indicator = (doc) => {
		if (cint(doc.docstatus) === 0) {
			return [__("Draft"), "red", "docstatus,=,0"];
		}
		if (cint(doc.docstatus) === 2) {
			return [__("Cancelled"), "red", "docstatus,=,2"];
		}
		return erpnext_indicator && erpnext_indicator.call(settings, doc);
	};

	if (is_on) {
		settings.add_fields = [...(settings.add_fields || []), "swf_flow_status"];
		settings.has_indicator_for_draft = 1;
		settings.has_indicator_for_cancelled = 1;
		settings.get_indicator = (doc) => {
			const status = doc.swf_flow_status;
			return status
				? [__(status), swf.colours[status] || "gray", `swf_flow_status,=,${status}`]
				: settings.swf_native_indicator(doc);
		};
	} else {
		settings.onload = function (listview) {
			erpnext_onload && erpnext_onload.call(this, listview);
			["swf_flow_status", "swf_courier"].forEach((fieldname) => {
				const filter = listview.page.fields_dict[fieldname];
				filter && filter.$wrapper.hide();
			});
		};
	}
	frappe.listview_settings["Sales Order"] = settings;
}
