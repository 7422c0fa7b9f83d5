"""The Vietnamese catalogue is complete and in step with the code."""

from locales.catalog import problems


def test_catalogue_is_fresh() -> None:
    assert list(problems("vi")) == []
