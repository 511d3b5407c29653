"""Run as a program of its own, which knows nothing of ours: from a situation to amounts, in JSON."""

import json
import sys
from pathlib import Path


def main() -> None:
    from openfisca_core.simulation_builder import SimulationBuilder  # noqa: PLC0415 — an optional extra
    from openfisca_france import FranceTaxBenefitSystem  # noqa: PLC0415

    told = json.loads(Path(sys.argv[1]).read_text())
    builder = SimulationBuilder()
    builder.set_default_period(told["month"])
    simulation = builder.build_from_entities(FranceTaxBenefitSystem(), told["situation"])
    sums = {
        right: float(simulation.calculate(variable, told["month"]).sum())
        for right, variable in told["asked"].items()
    }
    sys.stdout.write(json.dumps(sums))


if __name__ == "__main__":
    main()
