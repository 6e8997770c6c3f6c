"""What an archive declares of names: which spellings are one."""

from .model import Record


class Authority(Record, frozen=True, kw_only=True):
    """One name that is written in several ways, as its file under `names/` declares it."""

    id: str
    label: str
    forms: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""
