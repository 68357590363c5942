"""Where IO meets thinking: each module is one job that a user brings. Only here is the clock read."""
