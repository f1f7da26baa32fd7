// The parts of the page that are text, but for links.

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
