"""The tasks by which search hears what came sealed with a case from another Caf: no trigger reads it."""

from procrastinate.contrib.django import app

from mediane.casework.models import Case
from mediane.documents.rules import Kind
from mediane.integrations import reading
from mediane.jobs.tasks import AGAIN
from mediane.kit import jobs
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs
from mediane.search.actions import hear_copied
from mediane.search.queries import heard_copied
from mediane.transfers.models import Arrival
from mediane.transfers.queries import arrival_of, copied_letter, letters_of, pdf_of, story_of

MOST_AT_ONCE = 200  # cases of a Caf, in one night


@app.task(name="hear_arrival", retry=AGAIN)
def hear_arrival(*, organisation_id: int, case_id: int) -> None:
    """Its letters are read outside any transaction; heard once, they never change."""
    with working_for(staff(organisation_id)):
        case = Case.objects.select_related("key").get(pk=case_id)
        said, letters = _sealed(case)
    if not said:
        return
    said += [reading.read(letter, Kind.PDF.media_type).text for letter in letters]
    with working_for(staff(organisation_id)):
        hear_copied(case=case, said=" ".join(said))


@app.task(name="hear_what_waits", retry=AGAIN)
def hear_what_waits(timestamp: int) -> None:
    """What a lost job left unheard."""
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            waiting = Arrival.objects.filter(organisation_id=caf.pk).exclude(case__in=heard_copied(caf.pk))
            for case_id in waiting.order_by("pk").values_list("case", flat=True)[:MOST_AT_ONCE]:
                jobs.defer("hear_arrival", organisation_id=caf.pk, case_id=case_id)


def _sealed(case: Case) -> tuple[list[str], list[bytes]]:
    """What was told of the case and the titles of its letters, then the letters."""
    arrival = arrival_of(case)
    if arrival is None:
        return [], []
    said = [text for line in story_of(arrival, case) for text in (line.title, line.text)]
    letters = list(letters_of(arrival))
    copies = [copied_letter(case, letter.public_id) for letter in letters]
    return [*said, *(letter.title for letter in letters)], [pdf_of(copy, case) for copy in copies if copy]
