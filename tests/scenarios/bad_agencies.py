"""Ways to spoil the agencies, ties and teams of the small service."""

from tests.scenarios.bad_values import Bad

BAD_AGENCIES = {
    "an unknown key of a team": Bad(
        "peers =", "pears =", "teams[1].pears", ("practitioners", 'did you mean "peers"')
    ),
    "zero staff": Bad(
        "practitioners = 2", "practitioners = 0", "teams[1].practitioners", ("from 1 to 2000",)
    ),
    "a supervisor with nobody": Bad(
        "supervisors = 1",
        "supervisors = 3",
        "teams[1].supervisors",
        ("nobody to supervise", "found 3", "one for each practitioner, 2"),
    ),
    "a negative number of peers": Bad("peers = 1", "peers = -1", "teams[1].peers", ("is 0",)),
    "a kind of agency that does not exist": Bad(
        '"probation"\nkind = "probation"',
        '"probation"\nkind = "probashun"',
        "agencies[2].kind",
        ("prison_healthcare", 'did you mean "probation"'),
    ),
    "an unknown arm": Bad(
        'arm = "programme"', 'arm = "program"', "teams[1].arm", ('did you mean "programme"',)
    ),
    "a strength out of range": Bad(
        "strength = 0.5", "strength = 1.5", "ties[1].strength", ("from 0 to 1", "found 1.5")
    ),
    "a tie to an unknown agency": Bad(
        '["helpers", "probation"]',
        '["helpers", "probatoin"]',
        "ties[1].between",
        ("no agency of this name", "'probatoin'", 'did you mean "probation"'),
    ),
    "a tie to itself": Bad(
        '["helpers", "probation"]', '["helpers", "helpers"]', "ties[1].between", ("to itself",)
    ),
    "a tie between sites": Bad(
        '["helpers", "probation"]',
        '["housing north", "housing south"]',
        "ties[1].between",
        ("different sites", "housing north at north, housing south at south"),
    ),
    "a tie of three": Bad(
        '["helpers", "probation"]',
        '["helpers", "probation", "housing north"]',
        "ties[1].between",
        ("wrong number of entries", "a list of 2"),
    ),
    "a tie of numbers": Bad(
        '["helpers", "probation"]', "[1, 2]", "ties[1].between[1]", ("should be text", "found 1")
    ),
    "a tie listed twice": Bad(
        "[[ties]]",
        '[[ties]]\nbetween = ["probation", "helpers"]\n\n[[ties]]',
        "ties[2].between",
        ("listed twice",),
    ),
    "a team of an unknown agency": Bad(
        'agency = "helpers"', 'agency = "helper"', "teams[1].agency", ('did you mean "helpers"',)
    ),
    "a team at an unknown site": Bad(
        "peers = 1", 'site = "nroth"', "teams[1].site", ("north, south", 'did you mean "north"')
    ),
    "a team away from its agency": Bad(
        'agency = "helpers"',
        'agency = "housing north"\nsite = "south"',
        "teams[1].site",
        ("housing north is at another site", "allowed: north"),
    ),
    "an unknown lead": Bad(
        'lead = "helpers"', 'lead = "helprs"', "network.lead", ('did you mean "helpers"',)
    ),
    "two agencies of one name": Bad(
        'name = "probation"', 'name = "helpers"', "agencies[2].name", ("same name", "'helpers'")
    ),
    "two agencies that differ in case": Bad(
        'name = "probation"', 'name = "Helpers"', "agencies[2].name", ("look alike", "'Helpers'")
    ),
    "two agencies that differ in what is invisible": Bad(
        'name = "probation"',
        'name = "help\\u200bers"',
        "agencies[2].name",
        ("look alike", "written out they are 'helpers' and 'help\\u200bers'"),
    ),
    "two agencies that differ in letters drawn alike": Bad(
        'name = "probation"', 'name = "h\\u0435lpers"', "agencies[2].name", ("look alike",)
    ),
    "two sites that differ in case": Bad(
        'site = "south"', 'site = "North"', "agencies[4].site", ("two sites", "'North'")
    ),
    "two teams that differ in blanks": Bad(
        'name = "blue"', 'name = "red "', "teams[2].name", ("look alike", "rename one of them")
    ),
    "two teams of one name": Bad(
        'name = "blue"', 'name = "red"', "teams[2].name", ("two teams have the same name",)
    ),
    "a negative number of places": Bad(
        'name = "housing north"',
        'name = "housing north"\nplaces = -1',
        "agencies[3].places",
        ("from 0 to 1000000",),
    ),
    "a threshold beyond the scale": Bad(
        'name = "housing north"',
        'name = "housing north"\naccepts_above = 1.5',
        "agencies[3].accepts_above",
        ("from 0 to 1",),
    ),
    "places of an agency that serves no need": Bad(
        'kind = "probation"',
        'kind = "probation"\nplaces = 3',
        "agencies[2].places",
        ("probation serves no need", "housing", "remove places"),
    ),
    "a threshold of an agency that serves no need": Bad(
        'kind = "probation"',
        'kind = "police"\naccepts_above = 0.4',
        "agencies[2].accepts_above",
        ("police serves no need",),
    ),
    "prison healthcare on both sides of its own wall": Bad(
        'kind = "probation"',
        'kind = "prison_healthcare"\nboth_sides = true',
        "agencies[2].both_sides",
        ("prison_healthcare serves no need", "substance_misuse", "remove both_sides"),
    ),
    "text for both sides": Bad(
        'name = "housing north"',
        'name = "housing north"\nboth_sides = "yes"',
        "agencies[3].both_sides",
        ("should be true or false",),
    ),
    "an agency without a name": Bad(
        'name = "probation"', "", "agencies[2].name", ("the key name is missing",)
    ),
    "an empty name": Bad('name = "probation"', 'name = ""', "agencies[2].name", ("too short",)),
    "an endless name": Bad(
        'name = "probation"', f'name = "{"x" * 61}"', "agencies[2].name", ("1 to 60 characters",)
    ),
    "an arm with men and no team": Bad(
        'arm = "usual_care"',
        'arm = "programme"',
        "teams",
        ("the arm usual_care gets men but has no team", 'add a team with arm = "usual_care"'),
    ),
    "a table for teams": Bad(
        '[[teams]]\nname = "red"', '[team]\nname = "red"', "team", ("[[teams]]", "[team.NAME]")
    ),
}
