"""What a service has beside it and could buy, by name: light, so that help can list it at once."""

KNOWN_AS = {
    "prison_healthcare": "prison healthcare",
    "probation": "probation",
    "substance_misuse": "drug service",
    "housing": "housing office",
    "mental_health": "mental health service",
    "employment": "job centre",
    "voluntary_sector": "advice charity",
    "gp": "GP",
    "police": "police",
}
"""The kinds of agency that may stand beside a service, and how each is called unless told."""
MORE_PEERS = 2
"""The peers on offer (assumption)."""
ON_OFFER = {
    "weekly": "weekly reflective supervision",
    "practitioner": "a further practitioner",
    "half_practitioner": "a half-time practitioner",
    "peers": f"{MORE_PEERS} peers",
    "shared_record": "a record shared with another agency",
    "one_roof": "a day a week under one roof with another agency",
    "one_provider": "a worker of a service inside, so that one provider is on both sides of the "
    "prison wall",
}
"""What a service could buy, in the order in which it is asked about."""
NEEDS = ("housing", "substance", "work", "relationships")
"""Short names of the needs with which men come, in the order of the theory's."""
