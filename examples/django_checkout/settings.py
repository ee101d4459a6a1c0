"""Settings: all that the sample needs."""

from __future__ import annotations

from pathlib import Path

SECRET_KEY = "only for this sample"  # a sample has no secret
ALLOWED_HOSTS = ["testserver", "localhost"]
INSTALLED_APPS = ["examples.django_checkout"]
ROOT_URLCONF = "examples.django_checkout.views"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
TIME_ZONE = "Europe/London"  # an order of the last evening of a month belongs to that month
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TAX_RATES = Path(__file__).parents[1] / "rates.json"
