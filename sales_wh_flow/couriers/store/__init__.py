"""SQL about couriers: what they said, which boxes it is about, what sending costs."""
