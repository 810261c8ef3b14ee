"""Schools and departments (院系、部门) of an organisation: a row for each, one way to write it."""

from django.db import models

LONGEST_DEPARTMENT = 60


class Department(models.Model):
    """A part of an organisation that its people name as theirs."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.CASCADE, related_name="departments"
    )
    name = models.CharField(max_length=LONGEST_DEPARTMENT)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="department_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="department_has_name"),
        )

    def __str__(self) -> str:
        return self.name
