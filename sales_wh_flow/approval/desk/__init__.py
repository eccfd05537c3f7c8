"""What approvers look at: inbox, reasons, what if, dry runs."""
