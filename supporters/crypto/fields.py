"""A model field whose column holds ciphertext and whose attribute holds text."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from supporters.crypto.envelope import cell_name, seal, unseal
from supporters.crypto.keyring import current_keyring

# The base class takes type arguments in its stubs only, not at run time.
if TYPE_CHECKING:
    TextAttribute = models.Field[str | None, str]
else:
    TextAttribute = models.Field


class Locked(bytes):
    """Ciphertext as it came from the database, not opened yet."""

    __slots__ = ()


class EncryptedTextField(TextAttribute):
    """Text encrypted with AES-256-GCM and bound to its table, column and row.

    The row must have its primary key before it is saved (give the model a UUID default). Values are
    opened on first access only, so listing rows costs nothing for columns nobody reads. The column
    cannot be searched, nor written with text through `update()`: look people up by their blind index.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("null", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _OpensOnAccess(self))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Locked | str:
        # SQL NULL is the empty text: nothing was given, so there is nothing to lock.
        return "" if value is None else Locked(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Locked | None:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Locked):
            return value
        return self.lock(model_instance.pk, value)

    def lock(self, row: object, text: str) -> Locked | None:
        """The bytes to store for ``text`` in the row with the primary key ``row``; None for empty text."""
        if not text:
            return None
        if row is None:
            raise FieldError(f"{self} needs the row's primary key before it can be saved.")
        return Locked(seal(text, cell=self.cell(row), keyring=current_keyring()))

    def unlock(self, row: object, value: bytes) -> str:
        """The text stored as ``value`` in the row ``row``; raises TamperedValue or MissingKey."""
        return unseal(value, cell=self.cell(row), keyring=current_keyring())

    def cell(self, row: object) -> bytes:
        return cell_name(self.model._meta.db_table, str(self.column), row)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Locked):
            return value
        # Reached by filter(), update() and bulk_update(), which know no row to bind the value to.
        raise FieldError(f"{self} is encrypted: it cannot be searched or set without its row.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self} is encrypted: search by a blind index instead.")

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self} is personal data and is never written to a fixture.")


class _OpensOnAccess:
    """Descriptor: opens the stored bytes the first time the attribute is read."""

    def __init__(self, field: EncryptedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        values = instance.__dict__
        name = self.field.attname
        if name not in values:
            instance.refresh_from_db(fields=[name])
        value = values[name]
        if isinstance(value, Locked):
            value = values[name] = self.field.unlock(instance.pk, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = "" if value is None else value


def encrypted_field(model: type[models.Model], name: str) -> EncryptedTextField:
    """The encrypted field ``name`` of ``model``, for code that writes rows with SQL of its own."""
    field = model._meta.get_field(name)
    if not isinstance(field, EncryptedTextField):
        raise FieldError(f"{model.__name__}.{name} is not encrypted.")
    return field
