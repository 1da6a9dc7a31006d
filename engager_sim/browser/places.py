"""Where everybody stands in the picture of the network: laid out once for a setting, no chance.

Each site is a circle of agencies; the staff of an agency stand outside it, practitioners
outermost, each with seats for the men of that post around. To the right are trays for the men who
wait and for every way out.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import World
from engager_sim.world.setting import Setting

AGENCIES_AT, SUPERVISORS_AT, PEERS_AT, POSTS_AT = 100.0, 34.0, 58.0, 76.0
"""Radius of a site's circle; how far outside an agency its staff and practitioners' men stand."""
POST_SIZE, SEAT, BESIDE, BETWEEN_STAFF = 15.0, 3.3, 12.0, 24.0
"""Radius of a practitioner; between seats, between practitioners' men, between staff."""
NAME_ROOM, HEADING_ROOM, MARGIN = (60.0, 34.0), 26.0, 8.0
TRAY_WIDTH, TRAY_HEIGHT, DOT = 232.0, 46.0, 6.4
MEN_OF_FULL_SIZE, ROOM_TO_SPARE = 400, 1.25
FRAME = (860.0, 620.0)
"""Room on the page for which sites are set beside or below one another."""
GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
WAITING_TRAY = 0
TRAYS = ("waiting, or never taken on", *(EXIT_MEANINGS[each] for each in Exit if each))

type Points = npt.NDArray[np.float64]
type Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Places in the picture, in its own units.

    Attributes
    ----------
    width, height : float
        Of the picture.
    agencies, posts, supervisors, peers : float64 array, shape (records, 2)
        Where each stands.
    outwards : float64 array, shape (agencies, 2)
        Direction from the middle of its site in which each agency lies.
    trays : float64 array, shape (ways out + 1, 2)
        The first man's place in each tray.
    sites : list of tuple
        Name and place of each site's heading; empty with only one site.
    per_line : int
        Men side by side in a tray.
    dot : float
        From one man in a tray to the next.
    """

    width: float
    height: float
    agencies: Points
    posts: Points
    supervisors: Points
    peers: Points
    outwards: Points
    trays: Points
    sites: list[tuple[str, float, float]]
    per_line: int
    dot: float

    def seats(self, rank: Indices, post: Indices) -> Points:
        """Give the seats of men by their rank among the men of their post: a sunflower's."""
        turns: Points = rank.astype(np.float64) * GOLDEN
        from_post: Points = _directions(turns) * _far(rank)[:, np.newaxis]
        seats: Points = self.posts[post] + from_post
        return seats

    def in_tray(self, rank: Indices, tray: Indices) -> Points:
        """Give the places of men by their rank in a tray."""
        at = np.column_stack([rank % self.per_line, rank // self.per_line])
        return self.trays[tray] + at * self.dot

    def as_data(self) -> dict[str, Any]:
        """Give the places as data that JSON can hold, rounded to a tenth."""
        names = ("agencies", "posts", "supervisors", "peers", "trays")
        placed = {name: getattr(self, name).round(1).tolist() for name in names}
        return placed | {"width": self.width, "height": self.height, "sites": self.sites}


class _Site(NamedTuple):
    """One site, laid out around its own centre.

    ``outwards`` is the direction from the centre in which each agency and its staff lie; ``low``
    and ``high`` are the corners of the room that it all takes.
    """

    name: str | None
    members: Indices
    agencies: Points
    outwards: Points
    staffed: Indices
    posts: Points
    low: Points
    high: Points


def places_of(setting: Setting, world: World) -> Places:
    """Lay out the picture of a world."""
    reach = _reach_of_men(setting, world)
    named = sorted({agency.site for agency in setting.agencies if agency.site is not None})
    names: list[str | None] = [*named] if named else [None]
    sites = [_lay_out(name, _members(setting, name, names[0]), world, reach) for name in names]
    rooms = np.array([site.high - site.low for site in sites], np.float64)
    cell: Points = rooms.max(axis=0) + 2.0 * MARGIN
    cell[1] += HEADING_ROOM if len(sites) > 1 else 0.0
    columns = _columns(len(sites), cell)
    agencies, posts = np.zeros((len(world.agencies), 2)), np.zeros((len(world.practitioners), 2))
    outwards = np.zeros((len(world.agencies), 2))
    headings = []
    for place, site in enumerate(sites):
        corner = cell * np.array([place % columns, place // columns])
        foot = np.array([0.5 * cell[0] - 0.5 * (site.low + site.high)[0], cell[1] - MARGIN])
        centre = corner + foot - np.array([0.0, site.high[1]])
        agencies[site.members] = centre + site.agencies
        outwards[site.members] = site.outwards
        posts[site.staffed] = centre + site.posts
        if site.name is not None and len(sites) > 1:
            headings.append((site.name, float(corner[0] + 0.5 * cell[0]), float(corner[1] + 18.0)))
    width = float(cell[0] * columns)
    height = max(float(cell[1] * math.ceil(len(sites) / columns)), TRAY_HEIGHT * len(TRAYS))
    step = height / len(TRAYS)
    trays = [[width + 14.0, step * tray + 24.0] for tray in range(len(TRAYS))]
    dot = DOT * min(1.0, math.sqrt(MEN_OF_FULL_SIZE / len(world.leavers)))
    return Places(
        round(width + TRAY_WIDTH, 1), round(height, 1), agencies, posts,
        _staff(world.supervisors, world, agencies, outwards, SUPERVISORS_AT),
        _staff(world.peers, world, agencies, outwards, PEERS_AT),
        outwards, np.array(trays), headings, int((TRAY_WIDTH - 24.0) / dot), dot,
    )  # fmt: skip


def _far(rank: Any) -> Any:
    return POST_SIZE + 5.0 + SEAT * (np.sqrt(rank * math.pi + 1.0) - 1.0)


def _reach_of_men(setting: Setting, world: World) -> Points:
    """Find, for each post, how far its last man may sit if an arm's men are shared evenly."""
    parts = np.array(setting.population.allocation, np.float64)
    men = setting.population.leavers * parts / parts.sum()
    arm = world.practitioners["arm"]
    posts = np.bincount(arm, minlength=len(parts))
    return np.asarray(_far(ROOM_TO_SPARE * men[arm] / posts[arm]) + 5.0)


def _members(setting: Setting, name: str | None, first: str | None) -> Indices:
    """List the agencies drawn at a site; those that work at all are drawn at the first."""
    sites = [first if agency.site is None else agency.site for agency in setting.agencies]
    return np.flatnonzero([site == name for site in sites])


def _lay_out(name: str | None, members: Indices, world: World, reach: Points) -> _Site:
    """Lay out a site: each agency gets the part of the circle that its practitioners need."""
    its_posts = [np.flatnonzero(world.practitioners["agency"] == agency) for agency in members]
    staffed = np.concatenate(its_posts)
    rooms = 2.0 * reach + BESIDE
    far = AGENCIES_AT + POSTS_AT + float(reach[staffed].max(initial=0.0))
    far = max(far, float(rooms[staffed].sum()) / (1.7 * math.pi))
    angles = 2.0 * np.arcsin(np.minimum(1.0, 0.5 * rooms / far))
    needed = np.array([angles[its].sum() for its in its_posts])
    spare = max(0.0, 2.0 * math.pi - float(needed.sum())) / len(members)
    ends = np.cumsum(needed + spare) - 0.5 * math.pi
    middles = ends - 0.5 * (needed + spare)
    outwards = _directions(middles)
    turns = [
        middle - 0.5 * room + np.cumsum(angles[its]) - 0.5 * angles[its]
        for middle, room, its in zip(middles, needed, its_posts, strict=True)
    ]
    agencies, posts = AGENCIES_AT * outwards, far * _directions(np.concatenate(turns))
    around = reach[staffed][:, np.newaxis]
    corners = [agencies - NAME_ROOM, agencies + NAME_ROOM, posts - around, posts + around]
    taken = np.concatenate(corners)
    return _Site(
        name, members, agencies, outwards, staffed, posts, taken.min(axis=0), taken.max(axis=0)
    )


def _directions(turns: Points) -> Points:
    return np.column_stack([np.cos(turns), np.sin(turns)])


def _columns(sites: int, cell: Points) -> int:
    """Choose how many sites stand side by side, so that the picture is drawn as large as can be."""

    def scale(columns: int) -> float:
        rows = math.ceil(sites / columns)
        wide = cell[0] * columns + TRAY_WIDTH
        return float(min(FRAME[0] / wide, FRAME[1] / (cell[1] * rows)))

    return max(range(1, sites + 1), key=scale)


def _staff(
    staff: np.recarray, world: World, agencies: Points, outwards: Points, out: float
) -> Points:
    """Place supervisors or peers outside their agency, side by side."""
    agency = world.teams["agency"][staff["team"]]
    found = np.zeros((len(staff), 2))
    for place, its in enumerate(agency):
        beside = np.flatnonzero(agency == its)
        aside = (int(np.sum(beside < place)) - 0.5 * (len(beside) - 1)) * BETWEEN_STAFF
        away = outwards[its]
        across = np.array([-away[1], away[0]])
        found[place] = agencies[its] + away * out + across * aside
    return found
