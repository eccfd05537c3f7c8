// Counter: customers fetch their boxes; /app/counter. Made for a phone and a scanner, and for a desk at the counter.
frappe.pages["counter"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Counter"), single_column: true });
	wrapper.counter = new sales_wh_flow.Counter(page);
};

frappe.pages["counter"].on_page_show = (wrapper) => wrapper.counter.show();
