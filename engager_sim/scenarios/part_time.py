"""Part-time posts: people are whole, and share the hours and the men of the posts that they hold.

Contact hours and caseload are those of each practitioner of an arm, so that two and a half posts
are three people, each with five sixths of the hours and the men of a whole post (assumption: they
share alike). Supervision is per person. What is not worked is taken off as an item of costs.
"""

import math
from dataclasses import dataclass
from typing import Any

from engager_sim.scenarios.layered_file import LayeredFile

ITEM = "hours that part-time practitioners do not work"
"""The item of costs that takes off what whole posts are priced at too much."""
PER_POST = ("caseload", "contact_hours")
"""The levers of client engagement that are a practitioner's own."""
INSTEAD = {
    "practitioners": "write practitioners = {people}, and under [{arm}.client_engagement] "
    "caseload and contact_hours at {share:.3g} of a whole post's: docs/your_service.md, part-time",
    "supervisors": "write supervisors = {people}, and under [{arm}.supervision] their time as "
    "supervisor_hours",
    "peers": "write peers = {people}, and under [{arm}.peers] their time as hours",
}
"""How to write a part of somebody, by what he is in a team."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Practitioners counted as whole-time posts, and the people who hold them.

    Attributes
    ----------
    whole_time : float
        Posts, above 0; a half is a half-time post.
    """

    whole_time: float

    @property
    def people(self) -> int:
        """As many people as hold them, none more than whole-time."""
        return math.ceil(round(self.whole_time, 6))

    @property
    def share(self) -> float:
        """Part of a whole post that each of them holds, from above 0 to 1."""
        return self.whole_time / self.people

    @property
    def not_worked(self) -> float:
        """Posts by which people are more than posts, 0 to 1."""
        return self.people - self.whole_time


def refuse_parts_of_people(teams: Any, file: LayeredFile) -> None:
    """Refuse a team with a part of somebody, and say how part-time is written.

    Raises
    ------
    ScenarioError
        On the first number of practitioners, supervisors or peers that is not whole.
    """
    entries = teams if isinstance(teams, list) else []
    for index, team in enumerate(entry for entry in entries if isinstance(entry, dict)):
        for key, instead in INSTEAD.items():
            count = team.get(key)
            if isinstance(count, float) and 0.0 < count < math.inf and not count.is_integer():
                posts = Posts(count)
                raise file.error(
                    "people are counted whole",
                    ("teams", index, key),
                    value=count,
                    allowed="a whole number of people",
                    fix=instead.format(
                        people=posts.people, share=posts.share, arm=team.get("arm", "programme")
                    ),
                )
