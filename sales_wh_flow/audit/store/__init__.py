"""The evidence they are judged on."""
