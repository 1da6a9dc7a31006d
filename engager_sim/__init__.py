"""engager_sim: why people leaving prison stay engaged with the services meant to help them."""
