"""Pages of the rota, a module a capability."""
