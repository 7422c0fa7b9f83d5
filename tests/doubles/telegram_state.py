"""What the Bot API's server remembers of one bot: chats, messages, presses, updates, the webhook."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram_calls import Refused, wrong

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD_QUERY = "Bad Request: query is too old and response timeout expired or query ID is invalid"
#: what a chat may be, and what a call to it gets
STATES = {
    "blocked": "Forbidden: bot was blocked by the user",
    "deactivated": "Forbidden: user is deactivated",
    "never_started": "Forbidden: bot can't initiate conversation with a user",
    "kicked": "Forbidden: bot was kicked from the group chat",
}


@dataclass(slots=True)
class Chat:
    """One chat. ``state`` is open or a key of STATES; ``moved_to`` is the supergroup it became."""

    id: int
    type: str = "private"
    language: str = "vi"
    state: str = "open"
    moved_to: int = 0
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The official Chat object."""
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": f"Cán bộ {self.id}"}
        return {"id": self.id, "type": self.type, "title": f"Nhóm {self.id}"}

    def user(self) -> dict[str, Any]:
        """The official User object of who writes here."""
        number = abs(self.id)
        name = {"first_name": f"Cán bộ {self.id}", "language_code": self.language}
        return {"id": number, "is_bot": False, **name}


@dataclass(slots=True)
class Hook:
    """Where updates are brought. ``secret`` goes into the header."""

    url: str = ""
    secret: str = ""
    allowed: tuple[str, ...] = ()
    max_connections: int = 40
    last_error: str = ""


class BotState:
    """One bot's world."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.username = f"dondoc_{number}_bot"
        self.revoked = False
        self.chats: dict[int, Chat] = {}
        self.updates: list[dict[str, Any]] = []
        self.hook = Hook()
        self.queries: dict[str, str] = {}  # id → "" while unanswered, then the toast
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.sent: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.documents: dict[str, dict[str, Any]] = {}  # what was sent up, by file_id
        self._last = {"message": 0, "update": 700_000_000, "query": 4_000_000_000_000, "file": 0}

    def number_of(self, what: str) -> int:
        """The next id of a kind."""
        self._last[what] += 1
        return self._last[what]

    def user(self) -> dict[str, Any]:
        """The official User object of the bot."""
        name = {"first_name": "Đôn đốc", "username": self.username}
        return {"id": int(self.number), "is_bot": True, **name}

    def me(self) -> dict[str, Any]:
        """The same with what only getMe tells."""
        groups = {"can_join_groups": True, "can_read_all_group_messages": False}
        return self.user() | groups | {"supports_inline_queries": False}

    def open(self, chat: int, kind: str = "", **changes: Any) -> Chat:
        """The chat, made when it is new: somebody has pressed Start."""
        found = self.chats.get(chat)
        if found is None:
            found = self.chats[chat] = Chat(chat, kind or ("private" if chat > 0 else "group"))
        for name, value in changes.items():
            setattr(found, name, value)
        return found

    def reach(self, chat: int | str) -> Chat:
        """The chat a call names. Raises Refused as the server would."""
        found = self.chats.get(chat) if isinstance(chat, int) else None
        if found is None:
            raise Refused(400, "Bad Request: chat not found")
        if found.moved_to:
            moved = {"migrate_to_chat_id": found.moved_to}
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        if found.state != "open":
            raise Refused(403, STATES[found.state])
        return found

    def say(self, values: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """A message of the bot's."""
        chat = self.reach(values["chat_id"])
        reply = values.get("reply_parameters", {})
        answered = chat.messages.get(reply.get("message_id", 0))
        if reply and answered is None and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        message = self._message(chat, self.user(), content)
        if answered is not None:
            message["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
        if (markup := values.get("reply_markup", {})).get("inline_keyboard"):
            message["reply_markup"] = markup
        self.sent.append(message)
        return message

    def edit(self, values: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        """Change a message's text or keyboard; an edit without a keyboard removes it."""
        if "chat_id" not in values or "message_id" not in values:
            raise wrong("message identifier is not specified")
        chat = self.reach(values["chat_id"])
        message = chat.messages.get(values["message_id"])
        if message is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != int(self.number):
            raise Refused(400, "Bad Request: message can't be edited")
        if "text" in content and "document" in message:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        before = {k: v for k, v in message.items() if k != "edit_date"}
        after = {k: v for k, v in (before | content).items() if k != "reply_markup"}
        if (markup := values.get("reply_markup", {})).get("inline_keyboard"):
            after["reply_markup"] = markup
        if after == before:
            raise Refused(400, NOT_MODIFIED)
        message.clear()
        message.update(after, edit_date=int(time.time()))
        return message

    def answer(self, query: str, text: str) -> bool:
        """End a press."""
        if self.queries.get(query, "answered"):
            raise Refused(400, OLD_QUERY)
        self.queries[query] = text or "-"
        self.answers.append({"id": query, "text": text})
        return True

    def write(self, chat: Chat, text: str, reply_to: int = 0) -> dict[str, Any]:
        """A person writes: the update."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            command = len(text.split()[0].encode("utf-16-le")) // 2
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": command}]
        if reply_to in chat.messages:
            answered = chat.messages[reply_to]
            content["reply_to_message"] = {k: v for k, v in answered.items() if k != "reply_to_message"}
        return self.queue({"message": self._message(chat, chat.user(), content)})

    def press(self, chat: Chat, message_id: int, data: str) -> dict[str, Any]:
        """A person presses a button: the update."""
        query = str(self.number_of("query"))
        self.queries[query] = ""
        message = chat.messages.get(message_id)
        shown = message or {"chat": chat.as_json(), "message_id": message_id, "date": 0}
        rest = {"message": shown, "chat_instance": str(chat.id * 31), "data": data}
        return self.queue({"callback_query": {"id": query, "from": chat.user(), **rest}})

    def queue(self, update: dict[str, Any]) -> dict[str, Any]:
        """Keep an update until it is confirmed; one that names its own id keeps it."""
        numbered = {"update_id": self.number_of("update")} | update
        self.updates.append(numbered)
        return numbered

    def _message(self, chat: Chat, who: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        number = self.number_of("message")
        head = {"message_id": number, "from": who, "chat": chat.as_json(), "date": int(time.time())}
        chat.messages[number] = head | content
        return chat.messages[number]
