"""Addresses of the rota."""

app_name = "rota"

urlpatterns = []
