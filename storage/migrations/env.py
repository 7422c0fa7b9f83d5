"""How Alembic reaches the database: the engine comes from ``storage.migrate``."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  (fills the metadata)


def run() -> None:
    engine = context.config.attributes["engine"]
    with engine.connect() as connection, connection.begin():
        context.configure(
            connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
        )
        with context.begin_transaction():
            context.run_migrations()


run()
