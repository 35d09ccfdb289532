"""The domain of a firm's own in a web or mail address; providers of mail and hosts of many firms' pages say nothing."""

from typing import Final
from urllib.parse import urlsplit

SHARED: Final = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.com.tr",
        "outlook.com",
        "outlook.com.tr",
        "live.com",
        "msn.com",
        "windowslive.com",
        "yahoo.com",
        "yahoo.com.tr",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "mail.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "tutanota.com",
        "zoho.com",
        "yandex.com",
        "yandex.com.tr",
        "yandex.ru",
        "ya.ru",
        "yandex.by",
        "yandex.kz",
        "yandex.ua",
        "mail.ru",
        "inbox.ru",
        "list.ru",
        "bk.ru",
        "internet.ru",
        "rambler.ru",
        "lenta.ru",
        "autorambler.ru",
        "myrambler.ru",
        "ro.ru",
        "mynet.com",
        "ttmail.com",
        "superonline.com",
        "turk.net",
        "ttnet.net.tr",
        "kep.tr",
        "hs01.kep.tr",
        "hs02.kep.tr",
        "hs03.kep.tr",
        "facebook.com",
        "fb.com",
        "instagram.com",
        "linkedin.com",
        "vk.com",
        "ok.ru",
        "t.me",
        "wa.me",
        "youtube.com",
        "x.com",
        "twitter.com",
        "sites.google.com",
        "business.site",
        "wixsite.com",
        "wix.com",
        "wordpress.com",
        "blogspot.com",
        "blogspot.com.tr",
        "tilda.ws",
        "tilda.cc",
        "narod.ru",
        "ucoz.ru",
        "ucoz.net",
        "jimdo.com",
        "weebly.com",
        "github.io",
        "taplink.cc",
        "taplink.ru",
        "alibaba.com",
        "made-in-china.com",
        "trendyol.com",
        "hepsiburada.com",
        "n11.com",
        "sahibinden.com",
        "etsy.com",
        "amazon.com",
        "amazon.com.tr",
        "ozon.ru",
        "wildberries.ru",
        "avito.ru",
        "tiu.ru",
        "satom.ru",
        "pulscen.ru",
        "blizko.ru",
        "deal.by",
    ]
)
SECOND_LEVELS: Final = frozenset(
    [
        "com",
        "co",
        "net",
        "org",
        "gov",
        "edu",
        "gen",
        "web",
        "info",
        "biz",
        "name",
        "k12",
        "bel",
        "av",
        "dr",
        "pol",
        "msk",
        "spb",
    ]
)
"""What stands before the country in addresses such as firm.com.tr, and so is nobody's own."""
LONGEST: Final = 100


def own_host(address: str) -> str:
    """The domain that a web address or the part of a mail address behind the @ belongs to; empty where it is shared."""
    text = address.strip().lower()
    host = text.rpartition("@")[2] if "@" in text and "/" not in text else _host_of(text)
    labels = [label for label in host.strip(".").split(".") if label]
    if len(labels) < 2 or labels[-1].isdecimal():
        return ""
    length = 3 if len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS else 2
    if len(labels) < length:
        return ""
    own = ".".join(labels[-length:])
    return "" if {own, ".".join(labels), own.removeprefix("www.")} & SHARED else _in_letters(own)[:LONGEST]


def _host_of(text: str) -> str:
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""


def _in_letters(host: str) -> str:
    """The domain as it is read: kazanstal.рф, not the letters that stand for it in the network."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host
