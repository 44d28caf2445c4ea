"""Two hands at the same record, each in a real transaction of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

PATIENCE = 10


def race(*attempts):
    """Run all attempts at once; what each returned, or the error that stopped it."""
    start = Barrier(len(attempts), timeout=PATIENCE)

    def run(attempt):
        try:
            with transaction.atomic():
                # The transaction is open before anybody begins.
                connection.ensure_connection()
                start.wait()
                return attempt()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def lost(outcomes):
    """The errors among the outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def broken_constraint(error):
    """The name of the constraint by which the database refused."""
    return error.__cause__.diag.constraint_name
