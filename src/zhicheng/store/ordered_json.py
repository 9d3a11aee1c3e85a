"""A column of JSON whose order of keys is part of what it says. Not here: JSON that is only looked up (Django's JSONField).

PostgreSQL's jsonb puts keys into an order of its own; fields of a form, states of a procedure and notes of a plan have theirs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
else:
    _Text = models.TextField


class OrderedJSONField(_Text):
    """JSON kept as text, exactly in the order it was given."""

    _pyi_private_set_type: Any  # for the type checker: any JSON may be assigned
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
