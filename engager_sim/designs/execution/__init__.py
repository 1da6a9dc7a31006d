"""How the runs of a design are carried out: in blocks, on threads or a cluster, into a store."""
