"""What the tests of errands share. Not here: tests."""

import pytest

from zhicheng.domain.plan.model import Plan
from zhicheng.usecases.training_city import training_city

from .case_city import Desk


@pytest.fixture
def desk(db: None, small_plan: Plan, settings) -> Desk:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    training_city(small_plan)
    return Desk()
