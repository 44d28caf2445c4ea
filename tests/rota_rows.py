"""Who meets what at the addresses of the rota."""

ROTA = {}
