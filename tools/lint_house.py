"""The house rules that a machine can check; each is a function in `tools/house/`.

python -m tools.lint_house    print every breach as path:line: rule: what to do, fail if any
"""

import sys
from pathlib import Path

from tools.house import Breach
from tools.house.floors import foreign_keys_that_climb
from tools.house.python_rules import breaches_in_module
from tools.house.template_rules import breaches_in_template

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "polku"


def breaches(package: Path) -> list[Breach]:
    """Every breach in the modules and templates below `package`."""
    found: list[Breach] = []
    for module in sorted(package.rglob("*.py")):
        found += breaches_in_module(module, module.relative_to(package))
    for template in sorted(package.rglob("templates/**/*.html")):
        found += breaches_in_template(template)
    return found


def main() -> int:
    found = breaches(PACKAGE) + foreign_keys_that_climb()
    for breach in found:
        print(breach.shown_from(ROOT))
    print(f"house lint: {len(found)} to mend" if found else "house lint: nothing to mend")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
