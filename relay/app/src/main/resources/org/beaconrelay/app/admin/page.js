// Asks the relay every two seconds and shows what it answers. What it says is put in as text, never as HTML.
(() => {
  "use strict";
  const POLL_MS = 2000;
  const POINTS = 300; // ten minutes
  const FEW_LINKS = 1000; // more are not asked for by themselves, and no more are shown
  const ROWS = 500;
  const NS = 1e9;

  const $ = id => document.getElementById(id);
  const whole = new Intl.NumberFormat("en");
  const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

  // ---- how things are written

  function scaled(value, base, units) {
    let unit = 0;
    while (Math.abs(value) >= base && unit < units.length - 1) {
      value /= base;
      unit++;
    }
    return short.format(value) + (units[unit] && " " + units[unit]);
  }
  const bytes = value => scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
  const number = value => whole.format(value);
  function seconds(value) {
    if (value === Infinity) return "more";
    if (value >= 172800) return short.format(value / 86400) + " d";
    if (value >= 7200) return short.format(value / 3600) + " h";
    if (value >= 120) return short.format(value / 60) + " min";
    if (value >= 1) return short.format(value) + " s";
    if (value >= 1e-3) return short.format(value * 1e3) + " ms";
    return short.format(value * 1e6) + " µs";
  }
  const words = text => text.replaceAll("_", " ");

  // ---- the document

  function element(name, text, look) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (look) made.className = look;
    return made;
  }

  function row(head, ...cells) {
    const made = element("tr");
    const first = element("th", head);
    first.scope = "row";
    made.append(first, ...cells);
    return made;
  }

  const cell = (text, look) => element("td", text, look);

  // Replaced only where something has changed, so that a reader is not interrupted, nor a selection lost.
  function fill(id, rows) {
    const place = $(id);
    const next = element(place.tagName);
    next.append(...rows);
    if (next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
  }

  function say(id, text) {
    if ($(id).textContent !== text) $(id).textContent = text;
  }

  // ---- what has been

  let first = null;
  let last = null;
  const series = { at: [], toBroker: [], toBridge: [], links: [], pairsMade: [], pairs: [], waiting: [] };

  function remember(now) {
    if (first === null) first = now;
    // A relay that was started anew counts from zero.
    if (last !== null && now.relay.started !== last.relay.started) {
      first = now;
      last = null;
    }
    const passed = last === null ? 0 : (now.at - last.at) / 1000;
    const rate = of => (passed > 0 ? (of(now) - of(last)) / passed : null);
    series.at.push(now.at / 1000);
    series.toBroker.push(rate(status => status.bytes.to_broker));
    series.toBridge.push(rate(status => status.bytes.to_bridge));
    series.links.push(rate(status => status.links.opened));
    series.pairsMade.push(rate(status => status.pairs.opened));
    series.pairs.push(now.pairs.open);
    series.waiting.push(now.links.waiting);
    if (series.at.length > POINTS) Object.values(series).forEach(values => values.shift());
    last = now;
  }

  const latest = values => values[values.length - 1] ?? 0;

  // ---- charts

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const charts = [];

  function axes(write, x) {
    const common = () => ({
      font: "12px system-ui, sans-serif",
      stroke: colour("soft"),
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1, size: 4 },
    });
    return [
      { ...common(), ...x },
      {
        ...common(),
        values: (_, splits) => splits.map(write),
        size: (_, values) => 18 + 7 * Math.max(2, ...(values || []).map(text => text.length)),
      },
    ];
  }

  function addChart(id, options, data) {
    const place = $(id);
    const draw = () =>
      new uPlot({ width: place.clientWidth || 300, height: 190, ...options() }, data(), place);
    const chart = { place, plot: draw(), data };
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientWidth !== chart.plot.width) {
        chart.plot.setSize({ width: place.clientWidth, height: 190 });
      }
    }).observe(place);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      chart.plot.destroy();
      chart.plot = draw();
    });
    charts.push(chart);
    return chart;
  }

  function lineChart(id, write, lines) {
    const options = () => ({
      scales: {
        x: { time: true },
        y: { range: (_, least, most) => [0, most > 0 ? 1.1 * most : 1] },
      },
      axes: axes(write, { space: 80 }),
      series: [
        { label: "time" },
        ...lines.map((line, i) => ({
          label: line.label,
          stroke: colour("colour-" + i),
          width: 2,
          dash: i > 0 ? [6, 4] : [],
          points: { show: false },
          value: (_, value) => (value == null ? "–" : write(value)),
        })),
      ],
      cursor: { drag: { x: false, y: false } },
      legend: { markers: { width: 0, fill: (chart, i) => chart.series[i].stroke() } },
    });
    const chart = addChart(id, options, () => [series.at, ...lines.map(line => line.of)]);
    const title = chart.place.getAttribute("aria-label");
    chart.describe = () => `${title}. Now ${lines.map(line => `${line.label} ${write(latest(line.of))}`).join(", ")}.`;
  }

  function histogram(key, title, now) {
    const id = "histogram-" + key;
    const figure = element("figure");
    const place = element("div", undefined, "plot");
    place.id = id;
    place.setAttribute("role", "img");
    figure.append(element("figcaption", title), place);
    $("histograms").append(figure);
    const bounds = now.timings[key].bounds_ns.map(ns => "≤ " + seconds(ns / NS)).concat("more");
    const counts = () => (last || now).timings[key].counts;
    const options = () => ({
      scales: {
        x: { time: false, range: () => [-0.7, bounds.length - 0.3] },
        y: { range: (_, least, most) => [0, most > 0 ? 1.1 * most : 1] },
      },
      axes: axes(number, {
        splits: () => bounds.map((_, i) => i),
        values: (_, splits) => splits.map(i => (i % 4 === 0 ? bounds[i] : "")),
      }),
      series: [
        { label: "took", value: (_, i) => (i == null ? "–" : bounds[i]) },
        {
          label: "how many",
          stroke: colour("colour-0"),
          fill: colour("colour-0"),
          paths: uPlot.paths.bars({ size: [0.8] }),
          points: { show: false },
          value: (_, value) => (value == null ? "–" : number(value)),
        },
      ],
      cursor: { drag: { x: false, y: false } },
    });
    const chart = addChart(id, options, () => [bounds.map((_, i) => i), counts()]);
    chart.describe = () => `${title}: ${bounds.map((bound, i) => [bound, counts()[i]]).filter(([, count]) => count > 0).map(([bound, count]) => `${bound}: ${number(count)}`).join(", ") || "none yet"}.`;
  }

  const TIMINGS = {
    handshake: "Handshake: accept to announce",
    wait: "Wait: WAITING to PAIRED",
    pairing: "Pairing: second announce to PAIRED",
    loop_delay: "Delay of event loops",
  };

  function drawAll(now) {
    if (charts.length === 0) {
      lineChart("chart-bytes", value => bytes(value), [
        { label: "to brokers", of: series.toBroker },
        { label: "to bridges", of: series.toBridge },
      ]);
      lineChart("chart-links", value => short.format(value), [
        { label: "links", of: series.links },
        { label: "pairs", of: series.pairsMade },
      ]);
      lineChart("chart-open", number, [
        { label: "pairs", of: series.pairs },
        { label: "waiting", of: series.waiting },
      ]);
      Object.entries(TIMINGS).forEach(([key, title]) => histogram(key, title, now));
    }
    for (const chart of charts) {
      chart.plot.setData(chart.data());
      chart.place.setAttribute("aria-label", chart.describe());
    }
  }

  // ---- the parts of the page

  function tile(label, value, remark) {
    const made = element("div");
    made.append(element("dt", label), element("dd", value), element("dd", remark));
    return made;
  }

  function showTiles(now) {
    fill("tiles", [
      tile("Pairs", number(now.pairs.open), `${number(now.pairs.opened)} so far`),
      tile("Waiting links", number(now.links.waiting), `${number(now.links.pending)} have not announced yet`),
      tile("Links open", number(now.links.open), `${number(now.links.opened)} so far`),
      tile("To brokers", bytes(latest(series.toBroker)) + "/s", `${bytes(now.bytes.to_broker)} so far`),
      tile("To bridges", bytes(latest(series.toBridge)) + "/s", `${bytes(now.bytes.to_bridge)} so far`),
      tile("Copied", bytes(now.bytes.copied), now.bytes.copied === 0 ? "every byte stayed in the kernel" : "went through this process's memory"),
    ]);
  }

  function limit(label, used, most, write) {
    const meter = element("meter");
    meter.min = 0;
    meter.max = 1;
    meter.high = 0.9;
    meter.low = 0.7;
    meter.optimum = 0;
    meter.value = most > 0 ? Math.min(1, used / most) : 0;
    const share = cell();
    const text = most > 0 ? short.format((100 * used) / most) + " %" : "–";
    meter.setAttribute("aria-label", `${label}: ${text}`);
    share.append(meter, " " + text);
    return row(label, cell(write(used), "number"), cell(write(most), "number"), share);
  }

  function showLimits(now) {
    fill("limits", [
      limit("links", now.links.open, now.links.limit, number),
      limit("descriptors", now.descriptors.open, now.descriptors.limit, number),
      limit("pipes that hold bytes", now.pipes.leased, now.pipes.limit, number),
      limit("capacity of pipes", now.pipes.capacity_bytes, now.pipes.budget_bytes, bytes),
      limit("heap", now.memory.heap_used_bytes, now.memory.heap_limit_bytes, bytes),
    ]);
  }

  function showEnds(now) {
    const refusals = new Set(now.refusal_reasons);
    const rows = Object.entries(now.closed)
      .filter(([, count]) => count > 0)
      .sort((one, other) => other[1] - one[1])
      .map(([reason, count]) =>
        row(
          words(reason),
          cell(refusals.has(reason) ? "refused" : reason === "bug" ? "defect" : "ended"),
          cell(number(count), "number"),
          cell(number(count - first.closed[reason]), "number"),
        ),
      );
    $("no-ends").hidden = rows.length > 0;
    $("some-ends").hidden = rows.length === 0;
    fill("ends", rows);
  }

  function quantile(timing, share) {
    const wanted = share * timing.count;
    let sum = 0;
    for (let i = 0; i < timing.counts.length; i++) {
      sum += timing.counts[i];
      if (sum >= wanted) return i < timing.bounds_ns.length ? timing.bounds_ns[i] / NS : Infinity;
    }
    return Infinity;
  }

  function showTimes(now) {
    fill(
      "times",
      Object.entries(TIMINGS).map(([key, title]) => {
        const timing = now.timings[key];
        const figures =
          timing.count === 0
            ? ["–", "–", "–"]
            : [timing.sum_ns / timing.count / NS, quantile(timing, 0.5), quantile(timing, 0.99)].map(seconds);
        return row(title, cell(number(timing.count), "number"), ...figures.map(text => cell(text, "number")));
      }),
    );
  }

  function showSeen(now) {
    say("logged", now.log.text);
    fill("seen", now.visible.map(data => row(data.text, cell(data.kept), cell(data.logged))));
  }

  function showSelf(now) {
    const facts = [
      ["version", `${now.relay.version}, commit ${now.relay.commit}`],
      ["running since", new Date(now.relay.started).toLocaleString()],
      ["transport", `${now.relay.transport}, ${number(now.relay.event_loops)} event loops`],
      ["data path", now.relay.data_path],
      ["outer TLS", now.relay.tls + (now.relay.certificate_sha256 ? `, SHA-256 ${now.relay.certificate_sha256}` : "")],
      ["self-audit", `${now.audit.ok ? "the books agree" : "THE BOOKS DO NOT AGREE"}; compared ${number(now.audit.runs)} times, ${number(now.audit.failures)} without agreement`],
      ["defects met", number(now.bugs)],
      ["memory", `${bytes(now.memory.resident_bytes)} resident`],
      ["CPU", `${seconds(now.cpu_ns / NS)} so far`],
      ["waits for a pipe", number(now.pipes.waits)],
      ["pauses in accepting", number(now.accept_pauses)],
      ["connection log", `${now.log.destination}; ${number(now.log.written)} records written, ${number(now.log.dropped)} lost`],
    ];
    fill("self", facts.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
  }

  function showState(now) {
    const ready = now.relay.reasons_against.length === 0;
    say("state", ready ? "ready" : "not ready");
    $("state").className = "tone " + (ready ? "good" : "bad");
    say("about", `listens at ${now.relay.listen.join(", ")}`);
    $("reasons").hidden = ready;
    fill("reasons", now.relay.reasons_against.map(reason => element("li", reason)));
  }

  function showLost(problem) {
    say("state", "no answer");
    $("state").className = "tone fair";
    say("about", `The relay does not answer (${problem}). The figures below are the last that it gave.`);
  }

  // ---- links

  const HIDDEN = new Set(["closed", "close_reason"]); // of links that have ended: always null here

  function showLinks(links) {
    const rank = link => (link.pair_id ? 0 : link.role ? 1 : 2);
    const text = value => value ?? "";
    links.sort(
      (one, other) =>
        rank(one) - rank(other) ||
        text(other.paired).localeCompare(text(one.paired)) ||
        text(one.pair_id).localeCompare(text(other.pair_id)) ||
        text(one.role).localeCompare(text(other.role)) ||
        one.opened.localeCompare(other.opened),
    );
    const shown = links.slice(0, ROWS);
    const keys = links.length > 0 ? Object.keys(links[0]).filter(key => !HIDDEN.has(key)) : [];
    fill(
      "links-head",
      keys.map(key => {
        const head = element("th", words(key), typeof links[0][key] === "number" ? "number" : "");
        head.scope = "col";
        return head;
      }),
    );
    fill(
      "links",
      shown.map(link => {
        const cells = keys.map(key =>
          typeof link[key] === "number" ? cell(number(link[key]), "number") : cell(link[key] ?? "–", "code"),
        );
        const made = element("tr");
        made.append(...cells);
        return made;
      }),
    );
    say(
      "links-about",
      links.length === 0
        ? "No link is open: the relay holds nothing that it could disclose."
        : "All that it holds of links: what is not in the table is not there." +
            (links.length > shown.length ? ` These are ${number(ROWS)} of ${number(links.length)}; beacon disclose tells of all.` : ""),
    );
  }

  async function discloseNow() {
    showLinks((await ask("/disclose")).links);
  }

  // ---- asking

  async function ask(path) {
    const response = await fetch(path, { cache: "no-store" });
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
    return response.json();
  }

  let asking = false;

  async function poll() {
    if (asking || document.hidden || $("pause").getAttribute("aria-pressed") === "true") return;
    asking = true;
    try {
      const now = await ask("/status.json");
      remember(now);
      [showState, showTiles, drawAll, showLimits, showEnds, showTimes, showSeen, showSelf].forEach(show => show(now));
      const few = now.links.open <= FEW_LINKS;
      $("links-ask").hidden = few;
      if (few) await discloseNow();
      document.documentElement.dataset.polls = String(1 + Number(document.documentElement.dataset.polls || 0));
    } catch (problem) {
      showLost(problem.message);
    } finally {
      asking = false;
    }
  }

  $("pause").addEventListener("click", () => {
    const paused = $("pause").getAttribute("aria-pressed") !== "true";
    $("pause").setAttribute("aria-pressed", String(paused));
    poll();
  });
  $("disclose").addEventListener("click", () => discloseNow().catch(problem => showLost(problem.message)));
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL_MS);
  poll();
})();
