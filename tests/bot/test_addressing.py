"""Which address a message goes to."""

from bot.addressing import choose
from domain.officials import Address, Official

PERSON = Official(1, "an", "An", ())
BOTS = {("telegram", "b1"), ("zalo", "z1"), ("zalo_oa", "o1")}


def address(n: int, channel: str, bot: str, *, active: bool = True) -> Address:
    return Address(n, 1, channel, bot, str(n), active)


BROWSER, TELEGRAM, ZALO = address(1, "browser", "web"), address(2, "telegram", "b1"), address(3, "zalo", "z1")


def chosen(*addresses: Address, prefers: str = "") -> int | None:
    person = Official(1, "an", "An", (), prefers=prefers)
    found = choose(addresses, person, BOTS)
    return found.id if found else None


def test_messengers_come_before_the_browser_and_the_preferred_before_all() -> None:
    assert chosen(ZALO, TELEGRAM, BROWSER) == TELEGRAM.id
    assert chosen(ZALO, BROWSER) == ZALO.id
    assert chosen(ZALO, TELEGRAM, BROWSER, prefers="browser") == BROWSER.id
    assert chosen(ZALO, TELEGRAM, BROWSER, prefers="zalo") == ZALO.id
    assert chosen(address(4, "zalo_oa", "o1"), BROWSER) == 4


def test_of_two_alike_the_newest_which_stands_first() -> None:
    assert chosen(address(9, "telegram", "b1"), TELEGRAM) == 9


def test_only_bots_of_this_service_and_addresses_in_use() -> None:
    assert chosen(address(5, "telegram", "other"), BROWSER) == BROWSER.id
    assert chosen(address(5, "telegram", "b1", active=False)) is None
    assert choose([BROWSER], PERSON, ()) == BROWSER
    assert chosen(address(5, "telegram", "other"), prefers="telegram") is None
