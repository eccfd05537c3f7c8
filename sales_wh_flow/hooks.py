app_name = "sales_wh_flow"
app_title = "Sales WH Flow"
app_publisher = "Sales WH Flow contributors"
app_description = "Approval, stock lock, warehouse routing and dispatch for ERPNext sales orders in one flow"
app_email = "sales-wh-flow@example.com"
app_license = "GPL-3.0"
required_apps = ["erpnext"]
