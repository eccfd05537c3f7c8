// Pack: what was picked goes into boxes, scan by scan; /app/pack/PICK-LIST. Made for a phone and a scanner.
frappe.pages["pack"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Pack"), single_column: true });
	wrapper.packing = new sales_wh_flow.Pack(page);
};

frappe.pages["pack"].on_page_show = (wrapper) => wrapper.packing.show();
