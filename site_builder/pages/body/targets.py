"""Where the links and media of one article may lead, and a list of those that lead nowhere."""

from urllib.parse import quote, urljoin

from .files import DOWNLOADS, Shelf
from .links import Address, Kind, understand


class Targets:
    """Decides on each address that an article names, and remembers what a person should know."""

    def __init__(self, shelf: Shelf, base: str) -> None:
        """Take the archive's files and, for a page saved from the web, its address there."""
        self.shelf = shelf
        self._base = base
        # Dictionaries serve as sets that keep their order.
        self.links: dict[str, None] = {}
        """Addresses inside the archive."""
        self.missing: dict[str, None] = {}
        """Pictures and files that are not in the archive."""
        self.unfit: dict[str, None] = {}
        """Files that are there, but of no kind that a page may show."""
        self.refused: dict[str, None] = {}
        """Addresses that are no link here."""
        self.inlined = 0
        """Media written into their address."""

    def of_link(self, written: str | None) -> dict[str, str]:
        """Give the attributes that make a link lead there; none if it may not stand."""
        address = understand(written)
        if address.kind is Kind.LOCAL:
            return self._inside(address)
        if address.kind is Kind.EXTERNAL:
            return outward(address)
        if address.kind in {Kind.DATA, Kind.REFUSED}:
            self.refused[written or ""] = None
        return {"href": address.href} if address.href else {}

    def beside(self, written: str | None, suffixes: frozenset[str]) -> str:
        """Give the address of a file of the archive that is taken along; "" if there is none."""
        address = understand(written)
        return quote(self.shelf.take(address.path, suffixes)) if address.path else ""

    def elsewhere(self, written: str | None) -> Address | None:
        """Give the address of a medium on another host; of none, note why it is nowhere."""
        address = self._resolved(understand(written))
        if address.kind is Kind.EXTERNAL:
            return address
        if address.kind is Kind.DATA:
            self.inlined += 1
        elif address.kind is not Kind.LOCAL or self.shelf.leaves(address.path):
            self.refused.update({written: None} if written else {})
        else:
            present = self.shelf.find(address.path)
            (self.unfit if present else self.missing)[written or ""] = None
        return None

    def _inside(self, address: Address) -> dict[str, str]:
        """Lead to a file that is taken along, or to another page, which only the catalogue can find."""
        found = self.shelf.take(address.path, DOWNLOADS)
        if found:
            return {"href": quote(found)}
        resolved = self._resolved(address)
        if resolved.kind is Kind.EXTERNAL:
            return outward(resolved)
        if self.shelf.leaves(address.path):
            self.refused[address.href] = None
            return {}
        if address.path.lower().endswith(tuple(DOWNLOADS)):
            self.missing[address.href] = None
        self.links[address.href] = None
        return {"href": address.href}

    def _resolved(self, address: Address) -> Address:
        """Find on its first site what a saved page names and the archive does not hold."""
        if not self._base or address.kind is not Kind.LOCAL or self.shelf.find(address.path):
            return address
        try:
            return understand(urljoin(self._base, address.href))
        except ValueError:
            return address


def outward(address: Address) -> dict[str, str]:
    """Lead to another host, which is not told where its reader comes from."""
    return {"href": address.href, "rel": "noreferrer"}
