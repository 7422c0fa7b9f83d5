"""The roll-call of a notice: who has it, who is missing, as a list, and a reminder to those missing."""

from __future__ import annotations

from bot.notices.desk import find
from bot.notices.nudging import remind
from bot.notices.roll_call import roll_call, shown
from bot.notices.roll_files import DOCX, XLSX, as_docx, as_xlsx, file_name
from bot.turn import Command, Reply, Turn, reply
from domain.messages import Block, Choice, Message
from domain.phrases import say
from domain.roll_call import RollCall


def call(turn: Turn) -> Reply:
    """Show it, export it, or remind."""
    notice = find(turn.uow, turn.who, int(turn.args["notice"]))
    register = turn.uow.agencies.register(turn.today)
    roll = roll_call(turn.uow, notice, register)
    if turn.act == "notice.nudge":
        return _nudge(turn, roll)
    if turn.act == "notice.roll":
        return Reply(shown(roll, register))
    speech = turn.service.speech(turn.who.locale)
    form = "docx" if turn.args["form"] == "docx" else "xlsx"
    if form == "docx":
        author = turn.uow.people.get(notice.author)
        data = as_docx(roll, register, turn.service.speech("vi"), author, turn.now, turn.service.calendar)
    else:
        data = as_xlsx(roll, register, speech, turn.now)
    name = file_name(notice, form)
    kept = turn.uow.files.save(turn.who.id, name, DOCX if form == "docx" else XLSX, data, turn.now)
    turn.uow.audit.note(turn.now, turn.who.id, "notice_export", f"notice:{notice.id}", {"form": form})
    said = say("Here is the roll-call of “{title}”, as of {at}.", title=notice.title, at=turn.now)
    return Reply(Message((Block(said),), file=str(kept)))


def _nudge(turn: Turn, roll: RollCall) -> Reply:
    reached = remind(turn.uow, turn.service, roll.notice, roll.missing, turn.now)
    turn.uow.audit.note(
        turn.now, turn.who.id, "notice_nudge", f"notice:{roll.notice.id}", {"people": reached}
    )
    back = (Choice(say("Roll-call"), "notice.roll", {"notice": roll.notice.id}),)
    if not reached:
        return reply(say("Everybody who is missing was reminded today already."), choices=back)
    return reply(say("Reminders go to {count} people.", count=reached), choices=back)


COMMAND = Command("notice_roll_call", call, acts=("notice.roll", "notice.export", "notice.nudge"))
