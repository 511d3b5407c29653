import os

import django
from django.core import checks
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediane.settings.base")
django.setup()
_errors = [problem for problem in checks.run_checks() if problem.is_serious()]
if _errors:
    raise SystemExit("\n".join(map(str, _errors)))
application = WSGIHandler()
