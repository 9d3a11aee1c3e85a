"""What every test shares. Not here: fixtures of one subject."""

from hypothesis import settings

# shared machines stall now and then: a property is right or wrong, never late
settings.register_profile("house", deadline=None)
settings.load_profile("house")
