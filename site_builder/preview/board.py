"""The news of the last build: posted by the thread that builds, followed by every open page."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from threading import Lock
from typing import TypeAlias

import msgspec

from ..model import Record

_Follower: TypeAlias = tuple[asyncio.AbstractEventLoop, "asyncio.Queue[News | None]"]


class News(Record, frozen=True, kw_only=True):
    """What an open page needs to know of the site it shows."""

    build: str = ""
    """Names the last good build; empty before the first."""
    search: str = ""
    """Names the build that the search is of: it may be one behind."""
    problem: str = ""
    """Why the build after it failed; empty when none did."""
    base_path: str = "/"
    """The path that the site is served under, with a slash at both ends."""


class Board:
    """Holds the news, and hands each change of it to all who follow. For use from any thread."""

    def __init__(self) -> None:
        """Begin with nothing built."""
        self._run = secrets.token_hex(4)  # so that a page of an earlier preview reloads too
        self._count = 0
        self._ahead = False
        self._news = News()
        self._followers: set[_Follower] = set()
        self._lock = Lock()
        self._closed = False

    @property
    def news(self) -> News:
        """The news as of now."""
        return self._news

    def shown(self, base_path: str) -> None:
        """Post that all of a build is in place but the search."""
        self._ahead = True
        self._count += 1
        search = self._news.search
        self._post(News(build=self._name(), search=search, base_path=base_path))

    def built(self, base_path: str) -> None:
        """Post that the site was built: all of it, or what was not shown before."""
        self._count += not self._ahead
        self._ahead = False
        self._post(News(build=self._name(), search=self._name(), base_path=base_path))

    def failed(self, problem: str) -> None:
        """Post that it could not be; the last good build stays what is served."""
        self._ahead = False
        self._post(msgspec.structs.replace(self._news, problem=problem))

    def close(self) -> None:
        """End every following, now and for good."""
        with self._lock:
            self._closed = True
            self._tell(None)

    async def follow(self) -> AsyncIterator[News]:
        """Give the news as of now, then each further one, until the board is closed."""
        queue: asyncio.Queue[News | None] = asyncio.Queue()
        follower = (asyncio.get_running_loop(), queue)
        with self._lock:
            queue.put_nowait(None if self._closed else self._news)
            self._followers.add(follower)
        try:
            while (news := await queue.get()) is not None:
                yield news
        finally:
            with self._lock:
                self._followers.discard(follower)

    def _name(self) -> str:
        return f"{self._run}-{self._count}"

    def _post(self, news: News) -> None:
        with self._lock:
            self._news = news
            self._tell(news)

    def _tell(self, news: News | None) -> None:
        for loop, queue in self._followers:
            loop.call_soon_threadsafe(queue.put_nowait, news)
