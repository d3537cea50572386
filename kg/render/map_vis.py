"""The one place that calls pyvis: nodes with fixed coordinates and the settings of vis-network.

Only the records pyvis makes are used. Its page is not: that names other hosts and takes markup in its heading.
"""

import json
from typing import Any

from kg.render.layout import Drawing
from kg.render.sketch import Sketch

_SETTINGS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "interaction": {
        "dragNodes": False,
        "dragView": True,
        "hover": True,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 1000000,
    },
    "nodes": {"chosen": False, "fixed": True, "physics": False},
}


def to_vis(sketch: Sketch, drawing: Drawing) -> dict[str, Any]:
    """What vis-network needs: `nodes` (id, x, y, shape "custom") and `options`; plain JSON values.

    Lines and texts are drawn by the page's own script, so no label of a document goes through vis-network.
    """
    from pyvis.network import Network

    network = Network(directed=True, notebook=False)
    network.set_options(json.dumps(_SETTINGS))
    for node, box in zip(sketch.nodes, drawing.boxes, strict=True):
        network.add_node(node.id, label=" ", shape="custom", x=round(box.x, 1), y=round(box.y, 1))
    nodes = [{name: node[name] for name in ("id", "x", "y", "shape")} for node in network.nodes]
    return {"nodes": nodes, "options": network.options}
