"""The peer of the inbound benchmark: Starlette, python-telegram-bot, SQLModel, one commit and one answer an update."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import uvicorn
from sqlmodel import Session, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from storage.engine import make_engine
from storage.tables.registers import AddressRow, PostRow
from storage.tables.talk import IncomingRow
from storage.tables.work import AssignmentRow, ProgressRow

ENGINE = make_engine(os.environ["DONDOC_DATABASE_URL"])


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Who is it, which work, log it, say so."""
    assert update.message
    assert update.effective_chat
    said = update.message.text or ""
    with Session(ENGINE) as session:
        chat, number = str(update.effective_chat.id), str(update.update_id)
        seen = session.exec(
            select(IncomingRow).where(IncomingRow.chat == chat, IncomingRow.update_id == number)
        )
        if seen.first():
            return
        session.add(
            IncomingRow(channel="telegram", bot="1", update_id=number, chat=chat, at=datetime.now(UTC))
        )
        home = session.exec(select(AddressRow).where(AddressRow.chat == chat)).one()
        post = session.exec(select(PostRow).where(PostRow.official == home.official)).one()
        work = session.exec(select(AssignmentRow).where(AssignmentRow.agency == post.agency)).one()
        found = re.search(r"(\d{1,3})\s*%", said)
        percent = int(found[1]) if found else None
        work.percent, work.state, work.last_note = percent, "in_progress", said
        session.add(
            ProgressRow(
                assignment=work.id or 0,
                official=home.official,
                at=datetime.now(UTC),
                percent=percent,
                note=said,
                before={},
            )
        )
        session.commit()
    await update.message.reply_text(f"Đã ghi nhận: {said}")


def main(port: int) -> None:
    """Serve; poll when the port is 0."""
    token, url = os.environ["DONDOC_TELEGRAM_TOKEN"], os.environ["DONDOC_TELEGRAM_API_URL"]
    builder: Any = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(True)
    bot = (builder if port == 0 else builder.updater(None)).build()
    bot.add_handler(MessageHandler(filters.TEXT, answer))
    if port == 0:
        bot.run_polling()
        return

    async def hook(request: Request) -> Response:
        await bot.process_update(Update.de_json(await request.json(), bot.bot))
        return Response()

    @contextlib.asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        async with bot:
            yield

    app = Starlette(routes=[Route("/telegram/{bot}", hook, methods=["POST"])], lifespan=running)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main(int(sys.argv[1]))
