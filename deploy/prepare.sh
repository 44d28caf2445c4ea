#!/bin/sh
# Brings the database up to this version; run it before the site starts and after
# each upgrade. What is there already is left as it is.
set -eu
python=${PYTHON:-python}
"$python" manage.py migrate --noinput
"$python" manage.py createcachetable
"$python" manage.py load_catalogue
"$python" manage.py load_bank_holidays
"$python" manage.py load_generic_plan
