"use strict";
(() => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const $ = (id) => document.getElementById(id);
  const stage = $("stage"), panel = $("panel"), details = $("details"), tip = $("tip");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif";
  const DIM = 0.13, REACH = 7, LARGEST = 3, SMALLEST_SHOWN = 0.3;

  const kinds = new Map(data.kinds.map((kind) => [kind.name, kind]));
  const nodes = data.nodes, links = data.links, tags = data.tags;
  nodes.forEach((node, i) => {
    node.index = i; node.links = []; node.outline = new Path2D(node.path);
    node.x = data.vis.nodes[i].x; node.y = data.vis.nodes[i].y;
  });
  links.forEach((link, i) => {
    link.index = i; link.linePath = new Path2D(link.line); link.arrowPath = new Path2D(link.arrow);
    nodes[link.source].links.push(link); nodes[link.target].links.push(link);
  });
  const strokes = data.strokes.map((path) => new Path2D(path));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hiddenKinds = new Set();
  let hideCandidates = false, hover = null, chosen = null, matches = null;

  const theme = () => (!dark.matches ? "light" : "dark");
  const cssColour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // The colour nearly gone into the paper; not transparent, so that lines over each other stay faint.
  function fade(colour, times = 1) {
    const paper = cssColour("--paper"), part = (text, at) => parseInt(text.slice(at, at + 2), 16);
    return `rgb(${[1, 3, 5].map((at) => Math.round(part(paper, at) + (part(colour, at) - part(paper, at)) * DIM * times)).join(" ")})`;
  }
  const nodeShown = (node) => !hiddenKinds.has(node.kind);
  const linkShown = (link) => nodeShown(nodes[link.source]) && nodeShown(nodes[link.target]) && !(hideCandidates && link.candidate);

  // What is in focus: a node with its neighbours, or links with their ends, or what the search found.
  function focusOf(what) {
    const focus = { nodes: new Set(), links: new Set() };
    for (const link of what.links ?? []) if (linkShown(link)) {
      focus.links.add(link); focus.nodes.add(nodes[link.source]); focus.nodes.add(nodes[link.target]);
    }
    if (what.node) focus.nodes.add(what.node);
    return focus;
  }
  function currentFocus() {
    if (hover) return focusOf(hover);
    if (matches) return { nodes: matches, links: new Set() };
    return chosen ? focusOf(chosen) : null;
  }

  function drawNode(ctx, node, focus) {
    const ink = kinds.get(node.kind)[theme()];
    const strong = (chosen && chosen.node === node) || (hover && hover.node === node);
    ctx.save();
    ctx.translate(node.x, node.y);
    if (matches && matches.has(node)) {
      ctx.strokeStyle = cssColour("--mark"); ctx.lineWidth = 8; ctx.lineJoin = "round"; ctx.stroke(node.outline);
    }
    const tint = focus && !focus.nodes.has(node) ? (colour) => fade(colour, 2) : (colour) => colour;
    ctx.fillStyle = tint(ink.fill); ctx.fill(node.outline);
    ctx.strokeStyle = tint(ink.stroke); ctx.lineWidth = strong ? 3.2 : node.sought ? 2.6 : 1.5; ctx.lineJoin = "round"; ctx.stroke(node.outline);
    ctx.fillStyle = tint(ink.text); ctx.font = `14px ${FONT}`; ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    const first = 14 * 0.35 - (node.lines.length - 1) * 17 / 2;
    node.lines.forEach((line, i) => ctx.fillText(line, 0, first + i * 17, node.width - 12));
    ctx.restore();
  }

  function drawLinks(ctx) {
    const focus = currentFocus(), now = theme();
    const inFocus = (link) => !focus || focus.links.has(link);
    const order = links.filter(linkShown).sort((a, b) => inFocus(a) - inFocus(b));
    const drawn = new Set();
    ctx.save();
    for (const link of order) {
      const bright = inFocus(link);
      ctx.strokeStyle = ctx.fillStyle = bright ? link[now].stroke : fade(link[now].stroke);
      ctx.lineWidth = link.strokeWidth + (focus && bright ? 0.9 : 0);
      ctx.setLineDash(link.candidate ? [6, 4] : []);
      for (const stroke of link.strokes) {
        const key = 2 * stroke + bright;
        if (!drawn.has(key)) ctx.stroke(strokes[stroke]);
        drawn.add(key);
      }
      ctx.fill(link.arrowPath);
    }
    ctx.setLineDash([]);
    ctx.font = `11.5px ${FONT}`; ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    for (const tag of tags) {
      const own = tag.links.map((i) => links[i]).filter(linkShown);
      if (!own.length) continue;
      const bright = own.some(inFocus);
      ctx.fillStyle = cssColour("--paper");
      ctx.fillRect(tag.x - tag.width / 2 - 2, tag.y - 7, tag.width + 4, 14);
      ctx.fillStyle = bright ? own[0][now].text : fade(own[0][now].text);
      ctx.fillText(tag.text, tag.x, tag.y + 4, tag.width + 3);
    }
    ctx.restore();
  }

  const items = data.vis.nodes.map((item) => ({
    ...item,
    ctxRenderer: ({ ctx, id }) => {
      const node = byId.get(id);
      return {
        drawNode: () => drawNode(ctx, node, currentFocus()),
        nodeDimensions: { width: node.width, height: node.height },
      };
    },
  }));
  const visNodes = new vis.DataSet(items);
  const network = new vis.Network(stage, { nodes: visNodes, edges: [] }, data.vis.options);
  network.on("beforeDrawing", drawLinks);

  // The whole map, as large as it can be; on a small screen its upper left part at a size that can be read.
  function fit(animate) {
    const width = stage.clientWidth, height = stage.clientHeight, pad = 8;
    const whole = Math.min((width - pad) / data.size[0], (height - pad) / data.size[1], 1.35);
    const scale = Math.max(whole, SMALLEST_SHOWN);
    const x = Math.min(data.size[0] / 2, Math.max(width / 2 / scale, whole < scale ? 0 : data.size[0] / 2));
    const y = Math.min(data.size[1] / 2, Math.max(height / 2 / scale, whole < scale ? 0 : data.size[1] / 2));
    move({ position: { x, y }, scale }, animate);
  }
  function move(view, animate) {
    network.moveTo({ ...view, animation: animate && !still.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
  }
  function zoom(factor) {
    const scale = Math.min(LARGEST, Math.max(0.15, network.getScale() * factor));
    move({ scale }, true);
  }
  function show(node) {
    const scale = Math.max(network.getScale(), 0.8);
    move({ position: { x: node.x, y: node.y }, scale }, true);
  }
  function resize() {
    network.setSize(`${stage.clientWidth}px`, `${stage.clientHeight}px`);
    network.redraw();
  }

  // Everything a document says goes into the page by textContent only.
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  function paint() { network.redraw(); }
  function openPanel() {
    if (!panel.hidden) return;
    panel.hidden = false; resize(); fit(false);
  }
  function closePanel() {
    chosen = null; panel.hidden = true; $("list").setAttribute("aria-expanded", "false");
    resize(); fit(false);
  }
  function badge(node) {
    const ink = kinds.get(node.kind)[theme()];
    const element = make("span", node.kind, "kind");
    element.style.background = ink.fill; element.style.borderColor = ink.stroke; element.style.color = ink.text;
    return element;
  }
  function nodeButton(node) {
    const button = make("button", node.label, "end");
    button.type = "button";
    button.addEventListener("click", () => { choose({ node, links: node.links }); });
    return button;
  }
  function percent(value) { return value === null ? "" : `confidence ${Math.round(value * 100)} %`; }
  function describeLink(link, from) {
    const box = make("div", undefined, "link");
    if (from !== nodes[link.source]) box.append(nodeButton(nodes[link.source]));
    box.append(make("div", from === nodes[link.target] ? `${link.label || "linked to"} this` : `${link.label || "linked to"}`, "arrow"));
    if (from !== nodes[link.target]) box.append(nodeButton(nodes[link.target]));
    for (const source of link.sources) {
      if (source.quote) box.append(make("blockquote", source.quote));
      const where = [source.document, source.section].filter(Boolean).join(", ");
      if (where) box.append(make("p", where, "where"));
      const status = source.status === "candidate" ? "candidate: inferred, not said" : "asserted: the text says so";
      box.append(make("p", [status, percent(source.confidence)].filter(Boolean).join(", "), "status"));
    }
    return box;
  }
  function choose(what) {
    chosen = what;
    details.replaceChildren();
    $("list").setAttribute("aria-expanded", "false");
    if (what.node) {
      details.append(badge(what.node), make("h2", what.node.label));
      if (what.node.title) details.append(make("p", what.node.title, "title"));
      if (what.node.iri) details.append(make("p", what.node.iri, "iri"));
    } else {
      details.append(make("h2", what.links.length === 1 ? "This line" : "These lines"));
    }
    for (const link of what.links.filter(linkShown)) details.append(describeLink(link, what.node));
    openPanel(); panel.scrollTop = 0; paint();
  }
  function listAll() {
    chosen = null;
    details.replaceChildren(make("h2", "On this map"));
    for (const [kind, look] of kinds) {
      const own = nodes.filter((node) => node.kind === kind && nodeShown(node));
      if (own.length) details.append(make("h3", `${own.length} ${own.length === 1 ? kind : look.plural}`), ...own.map(nodeButton));
    }
    openPanel(); panel.scrollTop = 0; paint();
    $("list").setAttribute("aria-expanded", "true");
  }

  // Which lines lie under the pointer; those that share a stretch are found together.
  const probe = document.createElement("canvas").getContext("2d");
  function linksAt(x, y) {
    probe.lineWidth = 2 * REACH / network.getScale();
    return links.filter((link) => linkShown(link) && (probe.isPointInStroke(link.linePath, x, y) || probe.isPointInPath(link.arrowPath, x, y)));
  }
  function whatIsAt(event) {
    const rect = stage.getBoundingClientRect();
    const point = { x: event.clientX - rect.left, y: event.clientY - rect.top };
    const id = network.getNodeAt(point);
    if (id !== undefined) return { node: byId.get(id), links: byId.get(id).links };
    const { x, y } = network.DOMtoCanvas(point);
    const tag = tags.find((t) => Math.abs(t.x - x) <= t.width / 2 + 2 && Math.abs(t.y - y) <= 7);
    const own = tag ? tag.links.map((i) => links[i]).filter(linkShown) : linksAt(x, y);
    return own.length ? { links: own } : null;
  }
  function same(a, b) {
    return a === b || (a && b && a.node === b.node && a.links.length === b.links.length && a.links.every((link, i) => link === b.links[i]));
  }
  function showTip(event) {
    tip.hidden = !hover;
    if (!hover) return;
    tip.replaceChildren();
    if (hover.node) tip.append(make("b", hover.node.label), make("span", hover.node.title || hover.node.kind));
    for (const link of hover.node ? [] : hover.links.slice(0, 2)) {
      tip.append(make("b", `${nodes[link.source].label} ${link.label} ${nodes[link.target].label}`));
      const quote = link.sources[0].quote;
      if (quote) tip.append(make("span", quote.length > 180 ? `“${quote.slice(0, 180)}…”` : `“${quote}”`));
    }
    if (!hover.node && hover.links.length > 2) tip.append(make("span", `and ${hover.links.length - 2} more`));
    const right = event.clientX + 16 + tip.offsetWidth > innerWidth, low = event.clientY + 18 + tip.offsetHeight > innerHeight;
    tip.style.left = `${Math.max(4, right ? event.clientX - tip.offsetWidth - 12 : event.clientX + 16)}px`;
    tip.style.top = `${Math.max(4, low ? event.clientY - tip.offsetHeight - 12 : event.clientY + 18)}px`;
  }
  stage.addEventListener("pointermove", (event) => {
    const what = event.buttons ? null : whatIsAt(event);
    stage.style.cursor = what ? "pointer" : "grab";
    const changed = !same(what, hover);
    hover = what;
    showTip(event);
    if (changed) paint();
  });
  stage.addEventListener("pointerleave", () => { hover = null; tip.hidden = true; paint(); });
  network.on("click", ({ event }) => {
    const what = whatIsAt(event.srcEvent ?? event);
    if (what) choose(what); else if (!panel.hidden) closePanel();
  });

  function search() {
    const words = $("search").value.trim().toLowerCase();
    matches = words ? new Set(nodes.filter((node) => nodeShown(node) && `${node.label} ${node.title}`.toLowerCase().includes(words))) : null;
    $("found").textContent = matches ? (matches.size ? `${matches.size} found` : "not found") : "";
    paint();
  }
  $("search").addEventListener("input", search);
  $("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && matches && matches.size) show([...matches][0]);
    if (event.key === "Escape") { $("search").value = ""; search(); }
  });
  function toggle(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    return on;
  }
  for (const button of document.querySelectorAll("[data-kind]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.kind, on = toggle(button);
      if (on) hiddenKinds.delete(kind); else hiddenKinds.add(kind);
      visNodes.update(nodes.filter((node) => node.kind === kind).map((node) => ({ id: node.id, hidden: !on })));
      search();
    });
  }
  if ($("candidates")) $("candidates").addEventListener("click", (event) => { hideCandidates = !toggle(event.currentTarget); paint(); });
  $("zoom-in").addEventListener("click", () => zoom(1.25));
  $("zoom-out").addEventListener("click", () => zoom(0.8));
  $("fit").addEventListener("click", () => fit(true));
  $("close").addEventListener("click", () => { closePanel(); stage.focus(); });
  $("list").addEventListener("click", () => { if (panel.hidden || chosen) { listAll(); panel.focus(); } else closePanel(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) closePanel();
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => fit(true), "/": () => $("search").focus() };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  stage.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const { x, y } = network.getViewPosition(), by = 80 / network.getScale();
    move({ position: { x: x + step[0] * by, y: y + step[1] * by } }, false);
  });

  // Legend colours follow the theme.
  function colourLegend() {
    for (const [kind, look] of kinds) for (const path of document.querySelectorAll(`footer .kind-${kind}`)) {
      path.style.fill = look[theme()].fill; path.style.stroke = look[theme()].stroke;
    }
    for (const link of links) {
      const slug = CSS.escape(link.label.replaceAll(" ", "-"));
      for (const path of document.querySelectorAll(`footer .line-${slug}`)) path.style.stroke = link[theme()].stroke;
      for (const path of document.querySelectorAll(`footer .tip-${slug}`)) { path.style.fill = link[theme()].stroke; path.style.stroke = "none"; }
    }
    paint();
  }
  dark.addEventListener("change", colourLegend);
  new ResizeObserver(() => { resize(); fit(false); }).observe(stage);
  colourLegend(); resize(); fit(false);
  document.documentElement.dataset.ready = "yes";
})();
