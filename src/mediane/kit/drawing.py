"""The engine of charts, run by `kit/charts.py` in a process of its own: specifications in, SVG out."""

import json
import sys

import vl_convert

VERSION = "5.20"

if __name__ == "__main__":
    texts = json.load(sys.stdin)
    json.dump([vl_convert.vegalite_to_svg(text, vl_version=VERSION) for text in texts], sys.stdout)
