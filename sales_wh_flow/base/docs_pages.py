"""Where the pages of docs/ are read from the desk; one place for whoever publishes them elsewhere."""

ADDRESS = "https://github.com/your-company/sales_wh_flow/blob/main/docs/"
