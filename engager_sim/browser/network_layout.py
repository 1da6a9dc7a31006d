"""The layout of the network's picture: fixed coordinates for a setting, without randomness.

Each site is a circle of agencies. The staff of an agency are drawn outside it, practitioners
outermost, each with seats around for the leavers of that post. To the right are trays for the
leavers who wait and for those of every exit cause.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.records import World
from engager_sim.world.setting import Setting

SITE_RADIUS = 100.0
SUPERVISOR_DISTANCE, PEER_DISTANCE, SEATS_DISTANCE = 34.0, 58.0, 76.0
"""Distances outwards from an agency to its staff and to the seats around its posts."""
POST_RADIUS, SEAT_SPACING, SEATS_GAP, STAFF_SPACING = 15.0, 3.3, 12.0, 24.0
NAME_MARGINS, HEADING_HEIGHT, MARGIN = (60.0, 34.0), 26.0, 8.0
TRAY_WIDTH, TRAY_HEIGHT, DOT_SPACING = 232.0, 46.0, 6.4
MAX_FULL_SIZE_DOTS, SPARE_SEATS = 400, 1.25
FRAME = (860.0, 620.0)
"""Width and height on the page within which sites are arranged in rows."""
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))
WAITING_TRAY = 0
TRAYS = ("waiting, or never taken on", *(EXIT_MEANINGS[cause] for cause in Exit if cause))

type Points = npt.NDArray[np.float64]
type Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class NetworkLayout:
    """Coordinates in the picture, in its own units.

    Attributes
    ----------
    width, height : float
        Size of the picture.
    agencies, posts, supervisors, peers : float64 array, shape (records, 2)
        Coordinates of each.
    directions : float64 array, shape (agencies, 2)
        Direction of each agency from the centre of its site.
    trays : float64 array, shape (exit causes + 1, 2)
        Coordinates of the first leaver in each tray.
    sites : list of tuple
        Name and coordinates of each site's heading; empty with only one site.
    dots_per_row : int
        Leavers side by side in a tray.
    dot_spacing : float
        Distance between leavers in a tray.
    """

    width: float
    height: float
    agencies: Points
    posts: Points
    supervisors: Points
    peers: Points
    directions: Points
    trays: Points
    sites: list[tuple[str, float, float]]
    dots_per_row: int
    dot_spacing: float

    def seats(self, rank: Indices, post: Indices) -> Points:
        """Give the seats of leavers by rank at their post, arranged like a sunflower's seeds."""
        angles: Points = rank.astype(np.float64) * GOLDEN_ANGLE
        from_post: Points = _unit_vectors(angles) * _seat_distance(rank)[:, np.newaxis]
        seats: Points = self.posts[post] + from_post
        return seats

    def tray_points(self, rank: Indices, tray: Indices) -> Points:
        """Give the coordinates of leavers by rank in a tray."""
        grid = np.column_stack([rank % self.dots_per_row, rank // self.dots_per_row])
        return self.trays[tray] + grid * self.dot_spacing

    def as_data(self) -> dict[str, Any]:
        """Give the coordinates as data for JSON, rounded to a tenth."""
        names = ("agencies", "posts", "supervisors", "peers", "trays")
        points = {name: getattr(self, name).round(1).tolist() for name in names}
        return points | {"width": self.width, "height": self.height, "sites": self.sites}


class _SiteLayout(NamedTuple):
    """One site, laid out around its own centre.

    ``directions`` are those of its agencies from the centre; ``staffed`` lists the posts at
    ``posts``; ``low`` and ``high`` are the corners of its bounding box.
    """

    name: str | None
    members: Indices
    agencies: Points
    directions: Points
    staffed: Indices
    posts: Points
    low: Points
    high: Points


def lay_out_network(setting: Setting, world: World) -> NetworkLayout:
    """Lay out the picture of a world."""
    radii = _seats_radii(setting, world)
    named = sorted({agency.site for agency in setting.agencies if agency.site is not None})
    names: list[str | None] = [*named] if named else [None]
    sites = [_site_layout(name, _members(setting, name, names[0]), world, radii) for name in names]
    boxes = np.array([site.high - site.low for site in sites], np.float64)
    cell: Points = boxes.max(axis=0) + 2.0 * MARGIN
    cell[1] += HEADING_HEIGHT if len(sites) > 1 else 0.0
    columns = _number_of_columns(len(sites), cell)
    agencies, posts = np.zeros((len(world.agencies), 2)), np.zeros((len(world.practitioners), 2))
    directions = np.zeros((len(world.agencies), 2))
    headings = []
    for index, site in enumerate(sites):
        corner = cell * np.array([index % columns, index // columns])
        foot = np.array([0.5 * cell[0] - 0.5 * (site.low + site.high)[0], cell[1] - MARGIN])
        centre = corner + foot - np.array([0.0, site.high[1]])
        agencies[site.members] = centre + site.agencies
        directions[site.members] = site.directions
        posts[site.staffed] = centre + site.posts
        if site.name is not None and len(sites) > 1:
            headings.append((site.name, float(corner[0] + 0.5 * cell[0]), float(corner[1] + 18.0)))
    width = float(cell[0] * columns)
    height = max(float(cell[1] * math.ceil(len(sites) / columns)), TRAY_HEIGHT * len(TRAYS))
    tray_height = height / len(TRAYS)
    dot_spacing = DOT_SPACING * min(1.0, math.sqrt(MAX_FULL_SIZE_DOTS / len(world.leavers)))
    return NetworkLayout(
        width=round(width + TRAY_WIDTH, 1),
        height=round(height, 1),
        agencies=agencies,
        posts=posts,
        supervisors=_staff_points(
            world.supervisors, world, agencies, directions, SUPERVISOR_DISTANCE
        ),
        peers=_staff_points(world.peers, world, agencies, directions, PEER_DISTANCE),
        directions=directions,
        trays=np.array([[width + 14.0, tray_height * tray + 24.0] for tray in range(len(TRAYS))]),
        sites=headings,
        dots_per_row=int((TRAY_WIDTH - 24.0) / dot_spacing),
        dot_spacing=dot_spacing,
    )


def _seat_distance(rank: Any) -> Any:
    return POST_RADIUS + 5.0 + SEAT_SPACING * (np.sqrt(rank * math.pi + 1.0) - 1.0)


def _seats_radii(setting: Setting, world: World) -> Points:
    """Estimate the radius of the seats around each post if posts share an arm's leavers evenly."""
    parts = np.array(setting.population.allocation, np.float64)
    leavers = setting.population.leavers * parts / parts.sum()
    arm = world.practitioners["arm"]
    posts = np.bincount(arm, minlength=len(parts))
    return np.asarray(_seat_distance(SPARE_SEATS * leavers[arm] / posts[arm]) + 5.0)


def _members(setting: Setting, name: str | None, first: str | None) -> Indices:
    """List the agencies drawn at a site; those that work at all sites are drawn at the first."""
    sites = [first if agency.site is None else agency.site for agency in setting.agencies]
    return np.flatnonzero([site == name for site in sites])


def _site_layout(name: str | None, members: Indices, world: World, radii: Points) -> _SiteLayout:
    """Lay out a site: each agency gets the arc of the circle that its practitioners need."""
    posts_of = [np.flatnonzero(world.practitioners["agency"] == agency) for agency in members]
    staffed = np.concatenate(posts_of)
    widths = 2.0 * radii + SEATS_GAP
    distance = SITE_RADIUS + SEATS_DISTANCE + float(radii[staffed].max(initial=0.0))
    distance = max(distance, float(widths[staffed].sum()) / (1.7 * math.pi))
    arcs = 2.0 * np.arcsin(np.minimum(1.0, 0.5 * widths / distance))
    needed = np.array([arcs[posts].sum() for posts in posts_of])
    spare = max(0.0, 2.0 * math.pi - float(needed.sum())) / len(members)
    ends = np.cumsum(needed + spare) - 0.5 * math.pi
    middles = ends - 0.5 * (needed + spare)
    directions = _unit_vectors(middles)
    post_angles = [
        middle - 0.5 * arc + np.cumsum(arcs[posts]) - 0.5 * arcs[posts]
        for middle, arc, posts in zip(middles, needed, posts_of, strict=True)
    ]
    agency_points = SITE_RADIUS * directions
    post_points = distance * _unit_vectors(np.concatenate(post_angles))
    around = radii[staffed][:, np.newaxis]
    corners = np.concatenate(
        [
            agency_points - NAME_MARGINS,
            agency_points + NAME_MARGINS,
            post_points - around,
            post_points + around,
        ]
    )
    low, high = corners.min(axis=0), corners.max(axis=0)
    return _SiteLayout(name, members, agency_points, directions, staffed, post_points, low, high)


def _unit_vectors(angles: Points) -> Points:
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _number_of_columns(sites: int, cell: Points) -> int:
    """Choose the number of sites side by side with which the picture is drawn largest."""

    def scale(columns: int) -> float:
        rows = math.ceil(sites / columns)
        width = cell[0] * columns + TRAY_WIDTH
        return float(min(FRAME[0] / width, FRAME[1] / (cell[1] * rows)))

    return max(range(1, sites + 1), key=scale)


def _staff_points(
    staff: np.recarray, world: World, agencies: Points, directions: Points, distance: float
) -> Points:
    """Give coordinates outside their agency, side by side, to supervisors or peers."""
    agency_of = world.teams["agency"][staff["team"]]
    points = np.zeros((len(staff), 2))
    for agency in np.unique(agency_of):
        colleagues = np.flatnonzero(agency_of == agency)
        offsets = (np.arange(len(colleagues)) - 0.5 * (len(colleagues) - 1)) * STAFF_SPACING
        direction = directions[agency]
        across = np.array([-direction[1], direction[0]])
        middle = agencies[agency] + direction * distance
        points[colleagues] = middle + across * offsets[:, np.newaxis]
    return points
