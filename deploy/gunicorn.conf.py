"""How gunicorn serves the site; the address to bind to is given where it is started."""

import os

# One process a core and some threads in each: the pages wait for the database.
workers = max(2, os.cpu_count() or 2)
threads = 4
# Longer than the longest page; long jobs are the worker's.
timeout = 60
# Threads' signs of life must not wait for a disk.
worker_tmp_dir = "/dev/shm"  # noqa: S108 – gunicorn makes its own file there
# The account that serves has no home to keep a socket in.
control_socket_disable = True
accesslog = "-"
# Neither addresses of people nor the secrets in some of our URLs belong in a log.
access_log_format = "%(t)s %(m)s %(s)s %(B)s bytes %(M)s ms"
