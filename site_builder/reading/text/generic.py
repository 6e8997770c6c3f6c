# ruff: noqa: RUF001 — curly quotes, dashes and arrows are the point
"""The generic reading rules: what scraped news texts have in common, as data for `profiles.py`.

Each is narrow on purpose. A line that no rule fits stays in the text, where a reader sees it; a line cut
by mistake is words lost. A rule's version goes up when its pattern changes: it stands in each record.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from ...model import Reason
from ...outlet import Outlet, Rule

_CAPITAL = r"[^\W\d_a-z]"
_CAPITALISED = rf"{_CAPITAL}[\w’'.&-]*"
_SMALL = r"(?:of|the|and|&|for|de|la|le|du|del|der|die|das|al|\d{1,4})"
_NAME = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|{_SMALL})){{0,5}}"
_PLACE_IN_CAPITALS = r"[A-Z][A-Z .'’-]{4,} [-–—] "
"""LONDON - …: a dateline names a place that way, hardly ever a publisher."""
_PRESS_WORDS = (
    r"Advertiser|Agency|Allgemeine|Anzeiger|Argus|Blog|Broadcasting|Bulletin|Chronicle|Courier|Daily|Diario"
    r"|Dispatch|Echo|Examiner|Express|Gazette|Guardian|Herald|Independent|Inquirer|Journal|Kurier|Ledger"
    r"|Magazine|Mail|Mercury|Messenger|Mirror|Monitor|Nachrichten|News|Newsletter|Noticias|Observer|Online"
    r"|Post|Press|Radio|Record|Register|Reporter|Review|Standard|Star|Tageblatt|Telegraph|Times|Tribune"
    r"|TV|Weekly|Wire|Zeitung"
)
_PRESS_NAME = rf"(?=[^,|]*\b(?:{_PRESS_WORDS})\b){_NAME}"
"""A name that says of itself that it is a publisher's."""

_PARTICLE = r"(?:de|da|dos|del|di|van|von|der|den|ten|al|el|la|bin|ibn|abu)"
_PERSON = rf"{_CAPITALISED}(?: (?:{_PARTICLE} )*{_CAPITALISED}){{1,3}}"
_AND = r"(?:,? (?:and|und|et|y|&) |, )"

_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_MONTH = r"[^\W\d_]{3,12}\.?"
_WHOLE_DATE = (
    rf"(?:[^\W\d_]{{2,12}}\.?,? )?(?:\d{{4}}-\d\d-\d\d|{_DAY} {_MONTH},? \d{{4}}|{_MONTH} {_DAY},? \d{{4}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日)"
)
"""A day, month and year; nothing shorter makes a date of a line that does not say it is one."""
_WHEN = r"[^|]{4,60}?"
"""What a label announces as a date; `dates.read_date` has the last word."""
_PUBLISHED = rf"(?P<published>{_WHEN})"

_LABEL_PUBLISHED = (
    r"(?i:(?:first |originally )?(?:published|posted)(?: online)?|(?:publication |posting )?date"
    r"|veröffentlicht|erschienen|publié|publicado|pubblicato)(?i: on| at| am| le| el| il)?"
)
_LABEL_MODIFIED = (
    r"(?i:(?:last )?(?:updated|modified)|aktualisiert|mis à jour|actualizado)"
    r"(?i: on| at| am| le| el)?"
)
_LABEL_RETRIEVED = r"(?i:retrieved|accessed|saved|captured|archived|downloaded)(?i: on| at)?"
_LABEL_URL = r"(?i:url|link|source|source url|original url|permalink|retrieved from)"

_CRUMB = r"[^\s/>›»→|.!?](?:[^/>›»→|.!?\n]{0,27}[^\s/>›»→|.!?])?"
"""It never ends in a space: spaces that could belong to it or to what parts two of them take ages."""
_ROOT = (
    r"(?i:home|homepage|news|start|startseite|accueil|inicio|portada|главная|новости|الرئيسية|أخبار"
    r"|ホーム|首页)"
)

_PICTURE = (
    r"(?i:(?:file |handout |ap |afp )?"
    r"(?:photo|photograph|image|picture|illustration|video still|foto)s?)"
)
_CREDIT = r"(?i: credits?:?| courtesy(?: of)?:?| by:?|:| ©| ?/)"

_SOCIAL = (
    r"(?:Facebook|Twitter|X|Instagram|YouTube|Telegram|WhatsApp|LinkedIn|TikTok|Threads|Bluesky"
    r"|Mastodon)"
)
_SOCIALS = rf"{_SOCIAL}(?:(?:, | and | & |, and | or ){_SOCIAL})*"
_PIECE = r"(?:article|story|post|page|item)"
_LETTER = r"(?i:newsletters?|updates|alerts|channel|podcasts?|e-?mails?|briefing|feed|mailing list)"
_TV_BOX = r"(?:Roku|Apple TV|Android TV|Fire TV)"
_MEDIA = r"(?:accessed|heard|read|watched|reached|viewed|found|followed)"


def rules(outlets: Iterable[Outlet] = ()) -> tuple[Rule, ...]:
    """Give the generic rules; the names of declared outlets are taken for what they are."""
    return _rules(
        tuple(sorted({form for outlet in outlets for form in (outlet.name, *outlet.forms)}))
    )


@lru_cache(maxsize=8)
def _rules(names: tuple[str, ...]) -> tuple[Rule, ...]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    known = "|".join([*map(re.escape, longest_first), _PRESS_NAME])
    return (*_header(known), *_navigation(), *_captions(), *_footer(), *_controls())


def _header(known: str) -> tuple[Rule, ...]:
    """Rules for what stands above an article; `known` matches the name of an outlet."""
    name = rf"(?P<outlet>{known}|(?!{_PLACE_IN_CAPITALS}){_NAME})"
    return (
        _first(
            "date-outlet",
            rf"(?P<cut>(?i:date):? (?P<published>\d{{4}}-\d\d-\d\d)\s+(?:{name} [-–—] )?)\S.*",
        ),
        _first("outlet-date", rf"(?P<outlet>{known})(?:,| [|–—-]) {_PUBLISHED}", 4),
        _first("published", rf"{_LABEL_PUBLISHED}\s*(?::\s*)?{_PUBLISHED}", 8),
        _first("modified", rf"{_LABEL_MODIFIED}\s*(?::\s*)?(?P<modified>{_WHEN})", 8),
        _first("retrieved", rf"{_LABEL_RETRIEVED}\s*(?::\s*)?(?P<retrieved>{_WHEN})", 8),
        _first("url", rf"{_LABEL_URL}\s*:\s*(?P<url>https?://\S+)", 8),
        _first(
            "byline",
            rf"(?:By|BY|Written by|Von|Par|Por)\s+(?P<authors>{_PERSON}(?:{_AND}{_PERSON})*?)"
            rf"(?:(?:,| [|–—-]) (?P<outlet>{known}))?(?:(?:,| [|–—-]) {_PUBLISHED})?",
            6,
        ),
        _first("author-outlet", rf"(?P<authors>{_PERSON}), (?P<outlet>{known})", 6),
        _first("title", r"(?i:title|headline)\s*:\s*(?P<title>.{2,300})", 4),
        _first("author", r"(?i:authors?|byline|writer)\s*:\s*(?P<authors>[^\d:]{2,120})", 8),
        _first("outlet", rf"(?i:source|outlet|publisher|newspaper)\s*:\s*(?P<outlet>{_NAME})", 8),
        _first("section", r"(?i:section|category)\s*:\s*(?P<section>[^.:]{2,60})", 8),
        _first(
            "language", r"(?i:lang(?:uage)?)\s*:\s*(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)", 8
        ),
        Rule(
            name="header.bare-date@1",
            where="first",
            lines=4,
            pattern=rf"(?P<published>{_WHOLE_DATE})",
            reason=Reason.HEADER,
            keep=True,
            note="a line of its own near the top holds only this date",
        ),
    )


def _navigation() -> tuple[Rule, ...]:
    """Rules for breadcrumbs and skip links."""
    section = rf"(?P<section>{_CRUMB})"
    return tuple(
        Rule(name=name, where="first", lines=3, pattern=pattern, reason=reason)
        for name, pattern, reason in (
            (
                "navigation.breadcrumb@1",
                rf"{_ROOT}(?:\s*[/>›»→|]\s*{_CRUMB})*?\s*[/>›»→|]\s*{section}",
                Reason.NAVIGATION,
            ),
            (
                "navigation.breadcrumb@1",
                rf"{_CRUMB}(?:\s*[>›»→]\s*{_CRUMB})+?\s*[>›»→]\s*{section}",
                Reason.NAVIGATION,
            ),
            (
                "navigation.breadcrumb@1",
                rf"{_CRUMB}(?:\s{{2,}}/\s{{2,}}{_CRUMB})*?\s{{2,}}/\s{{2,}}{section}",
                Reason.NAVIGATION,
            ),
            (
                "ui.skip-link@1",
                r"(?i:skip to (?:main |the )?(?:content|navigation)|toggle navigation|main menu)",
                Reason.UI_TEXT,
            ),
        )
    )


def _captions() -> tuple[Rule, ...]:
    """Rules for picture captions, wherever they stand, and for a line that only says advertisement."""
    return tuple(
        Rule(name=name, where="any", pattern=pattern, reason=reason)
        for name, pattern, reason in (
            (
                "caption.photo-credit@1",
                rf"(?P<captions>.{{0,500}}[(\[]{_PICTURE}{_CREDIT}\s*[^()\[\]]{{2,200}}[)\]]\.?)",
                Reason.CAPTION,
            ),
            (
                "caption.label@1",
                rf"(?P<captions>{_PICTURE}(?i: credits?:| courtesy(?: of)?:?| by:|:)\s*\S.{{1,200}})",
                Reason.CAPTION,
            ),
            (
                "caption.photographer@1",
                rf"(?P<captions>{_PICTURE} by {_NAME}(?:(?: ?/ ?|, ){_NAME})?)",
                Reason.CAPTION,
            ),
            ("advert.label@1", r"(?i:advertisement|sponsored content|anzeige)", Reason.ADVERT),
        )
    )


def _footer() -> tuple[Rule, ...]:
    """Rules for what sites repeat below every article."""
    return (
        Rule(
            name="footer.alternate-addresses@1",
            where="last",
            lines=8,
            pattern=rf"(?P<outlet>{_NAME}?)(?:[’']s? (?:web ?site|channel|broadcasts?))? can also be {_MEDIA}"
            r" (?:at|on|under) (?:the |these )?(?:following )?(?:alternat(?:e|ive) )?"
            r"(?:web ?sites|addresses|domains|frequencies|channels):?",
            reason=Reason.FOOTER,
            note="the footer names it",
        ),
        _last(
            "copyright",
            r"(?P<rights>(?:(?i:copyright )?(?:©|\([cC]\))|(?i:copyright)(?=,? (?:\d{4}|by ))).{0,160})",
            "footer",
        ),
        _last("copyright", r"(?P<rights>(?:.{0,80} )?(?i:all rights reserved)\.?)", "footer"),
        _last("web-address", r"(?:https?://)?www\.[\w-]+(?:\.[\w-]+)+/?", "footer"),
        _last("url", rf"{_LABEL_URL}\s*:\s*(?P<url>https?://\S+)", "footer"),
        _last("tags", r"(?i:tags|topics|keywords)\s*:\s*(?P<tags>[^.:]{2,200})", "footer"),
        _last(
            "app",
            rf"(?:{_CAPITALISED} ){{1,4}}(?:News|TV|Live|Channel|App) (?:on )?{_TV_BOX}",
            "footer",
        ),
        _last(
            "app",
            r"(?i:download|get|install) (?i:our|the) .{0,40}\bapp"
            r"(?: (?:on|from|for) (?:the )?(?:[A-Z]|iOS|iPhone).{0,50}| now| today)?[.!]?",
            "footer",
        ),
    )


def _controls() -> tuple[Rule, ...]:
    """Rules for what a page asks its reader to do."""
    return (
        _last("mobile", r"(?i:exit mobile version|view (?:desktop|mobile) (?:version|site))", "ui"),
        _last(
            "share",
            rf"(?i:share(?: this(?: {_PIECE})?)?(?: (?:on|via|with|to) (?:{_SOCIALS}|e-?mail|friends))?:?"
            rf"|tweet(?: this)?|(?:print|e-?mail)(?: this(?: {_PIECE})?)?)",
            "ui",
        ),
        _last(
            "follow",
            rf"(?i:(?:please )?(?:follow|find|like|join) us) (?:on|at) {_SOCIALS}.{{0,60}}",
            "ui",
        ),
        _last("follow", rf"(?i:follow) .{{2,60}} on {_SOCIALS}.{{0,20}}", "ui"),
        _last("subscribe", r"(?i:subscribe|sign up)(?i: now| here| today)?[.!]?", "ui"),
        _last(
            "subscribe",
            rf"(?i:subscribe to|sign up (?:to|for)) .{{0,60}}\b{_LETTER}\b.{{0,60}}",
            "ui",
        ),
        _last("cookies", r"(?i:we|this (?:web ?)?site) (?i:uses? cookies).{0,250}", "ui"),
        _last(
            "cookies", r"(?i:accept(?: all)?(?: cookies)?|cookie (?:policy|settings|notice))", "ui"
        ),
        _last(
            "comments", r"(?i:leave a (?:comment|reply)|comments are closed|back to top)\.?", "ui"
        ),
        _last("comments", r"(?i:your email address will not be published\.?.{0,60})", "ui"),
    )


def _first(name: str, pattern: str, lines: int = 3) -> Rule:
    return Rule(
        name=f"header.{name}@1", where="first", lines=lines, pattern=pattern, reason=Reason.HEADER
    )


def _last(name: str, pattern: str, kind: str) -> Rule:
    reason = Reason.FOOTER if kind == "footer" else Reason.UI_TEXT
    return Rule(name=f"{kind}.{name}@1", where="last", lines=6, pattern=pattern, reason=reason)
