"""`make bench`: the sockets under load, measured from a process of its own."""
