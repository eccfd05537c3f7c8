"""When an order needs whose approval, decided in plain Python."""
