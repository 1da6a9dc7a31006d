"""The week in the document's order."""

from tests.replication.agencies import look_around, settle_ties, work_jointly
from tests.replication.allocation import allocate, enter
from tests.replication.contact import count_contact, follow_up, meet, plan_contacts
from tests.replication.ending import prepare_ending
from tests.replication.exits import change_worker, come_back, leave
from tests.replication.gate import pass_the_gate
from tests.replication.justice import answer_to_justice, report_to_probation, stay_in_touch, survive
from tests.replication.life import live_on
from tests.replication.motivation import settle_motivation
from tests.replication.observation import observe
from tests.replication.peers import keep_hope, replace_peers, settle_peers
from tests.replication.records import ManStep, Step, World
from tests.replication.services import admit_waiting, use_services
from tests.replication.staff import replace_staff, replace_supervisors, settle_staff
from tests.replication.supervision import hold_supervision, settle_supervisors

OPENS: tuple[Step, ...] = (
    replace_staff,
    replace_supervisors,
    hold_supervision,
    replace_peers,
    look_around,
    enter,
    allocate,
)
EACH_MAN: tuple[ManStep, ...] = (
    change_worker,
    answer_to_justice,
    pass_the_gate,
    live_on,
    settle_motivation,
    keep_hope,
    work_jointly,
    report_to_probation,
    plan_contacts,
    meet,
    follow_up,
    use_services,
    stay_in_touch,
    prepare_ending,
    leave,
    come_back,
    count_contact,
    observe,
    survive,
)
CLOSES: tuple[Step, ...] = (
    admit_waiting,
    settle_ties,
    settle_supervisors,
    settle_staff,
    settle_peers,
)


def pass_week(world: World) -> int:
    """Let one week pass; give how many men lived it."""
    lived = 0
    for step in OPENS:
        step(world)
    for man in world.leavers.values():
        if man.died_week < 0:
            lived += 1
            for live in EACH_MAN:
                live(world, man)
    for step in CLOSES:
        step(world)
    return lived
