"""Models: what is sold, and orders with their calculation as it was on the day."""
# mypy: disable-error-code="import-untyped, misc"
# Django ships without types, so its classes are Any here.

from __future__ import annotations

from django.db import models


class Product(models.Model):
    """The price holds its tax; the tax category is what the rates ask about."""

    sku = models.CharField(max_length=40, unique=True)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    tax_category = models.CharField(max_length=80, null=True)

    objects = models.Manager()


class Order(models.Model):
    """`calculation` is the whole story; the columns beside it are there to be summed and searched."""

    number = models.CharField(max_length=40, unique=True)
    tax = models.DecimalField(max_digits=20, decimal_places=4)
    gross = models.DecimalField(max_digits=20, decimal_places=4)
    calculation = models.JSONField()

    objects = models.Manager()
