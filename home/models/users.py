"""The people who run the campaign. Supporters are not users: they have no account."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes users known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        # Case makes no difference in any mailbox people really have.
        return self.get(email__iexact=username)


class User(AbstractUser):
    """An organiser or editor, known by e-mail address, with one name of their own choosing."""

    # Django drops an inherited field that is set to None; its stubs do not know that.
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(
        "e-mail address", unique=True, error_messages={"unique": "Another user has this e-mail address."}
    )
    name = models.CharField(
        max_length=150, blank=True, help_text="The name colleagues see. It need not be the one in a passport."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="home_user_email_in_any_case",
                violation_error_message="Another user has this e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """What Wagtail shows beside a page's history."""
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()
