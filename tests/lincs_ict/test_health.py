"""What the load balancer is told."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import InterfaceError

pytestmark = pytest.mark.django_db


def failing(error):
    def fail(*args, **kwargs):
        raise error("no server there")

    return fail


def test_all_is_well_with_database_and_migrations(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_out_of_reach_is_said(client, monkeypatch, error):
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", failing(error))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"database not reachable\n"


def test_a_migration_not_applied_is_said(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["waiting"])
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.content == b"migrations not applied\n"


def test_health_is_told_whatever_name_it_is_asked_by(client):
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert response.status_code == 200


def test_health_needs_no_sign_in_and_sets_no_cookie(client):
    response = client.get("/healthz")
    assert not response.cookies


def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405
