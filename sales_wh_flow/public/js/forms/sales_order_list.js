// The list of Sales Orders shows the flow status where there is one, else what ERPNext shows, and how late it is.
{
	const settings = frappe.listview_settings["Sales Order"] || {};
	const erpnext_indicator = settings.get_indicator;
	const erpnext_onload = settings.onload;
	const swf = frappe.boot.swf || {};
	const is_on = ["approval", "stock_lock", "routing", "fulfilment", "forecast"].some((capability) => swf[capability]);
	const unused = [
		...(is_on ? [] : ["swf_flow_status", "swf_stage", "swf_courier"]),
		...(swf.returns ? [] : ["swf_return_status"]),
		...(swf.forecast ? [] : ["swf_lateness"]),
	];

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

	/** [words, colour, filter] of being late, by the forecast, else by ERPNext's own mark; none where all is well. */
	const lateness_of = (doc) => {
		const colour = { Late: "red", "At Risk": "orange" }[doc.swf_lateness];
		if (colour) {
			return [__(doc.swf_lateness), colour, `swf_lateness,=,${doc.swf_lateness}`];
		}
		const native = !doc.swf_lateness && settings.swf_native_indicator(doc);
		return native && native[0] === __("Overdue") ? native : null;
	};

	if (is_on) {
		settings.add_fields = [...(settings.add_fields || []), "swf_flow_status", "swf_lateness"];
		settings.has_indicator_for_draft = 1;
		settings.has_indicator_for_cancelled = 1;
		settings.get_indicator = (doc) => {
			const status = doc.swf_flow_status;
			if (!status) {
				return settings.swf_native_indicator(doc);
			}
			const late = lateness_of(doc);
			const filter = `swf_flow_status,=,${status}`;
			return late
				? [`${late[0]} · ${__(status)}`, late[1], `${filter}|${late[2]}`]
				: [__(status), swf.colours[status] || "gray", filter];
		};
	}
	if (swf.forecast) {
		// While the forecast is on, the promise stands where the delivery date stood; else the list is ERPNext's.
		const columns = { swf_last_promised_on: 1, swf_forecast_on: 1, delivery_date: 0 };
		frappe.get_meta("Sales Order").fields.forEach((field) => {
			if (field.fieldname in columns) {
				field.in_list_view = columns[field.fieldname];
			}
		});
	}
	settings.onload = function (listview) {
		erpnext_onload && erpnext_onload.call(this, listview);
		unused.forEach((fieldname) => {
			const filter = listview.page.fields_dict[fieldname];
			filter && filter.$wrapper.hide();
		});
		if (is_on) {
			sales_wh_flow.order_list.add_filters(listview);
			$(listview.parent).addClass("swf-list");
		}
	};
	frappe.listview_settings["Sales Order"] = settings;
}
