"""How the acts of one Caf read at the next one: what was done, not what to do."""

from mediane.casework.states import Act, Move

DONE: dict[str, str] = {
    Move.TAKE_UP: "Prise en charge",
    Move.ASK_BENEFICIARY: "Pièces demandées",
    Move.AWAIT_DECISION: "Attente d’une décision",
    Move.RESUME: "Étude reprise",
    Move.RECLASSIFY: "Reclassée dans la médiation",
    Move.RECLASSIFY_OUT: "Reclassée hors médiation",
    Move.SEPARATE: "Étudiée de nouveau à part",
    Move.REOPEN: "Étudiée de nouveau, après une première réponse",
    Move.TRANSFER: "Transférée à une autre Caf",
}


def done(act: str) -> str:
    return DONE.get(act) or {one.value: one.label for one in (*Move, *Act)}[act]
