"""Forms of the rota, a module a capability."""
