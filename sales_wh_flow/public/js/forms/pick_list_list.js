// The list shows with one choice what is to do; a desk that was loaded before the app was shows it plainly.
window.sales_wh_flow && sales_wh_flow.order_list && sales_wh_flow.order_list.set_up("Pick List");
