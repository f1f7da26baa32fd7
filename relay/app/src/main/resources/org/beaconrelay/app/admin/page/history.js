// What the relay has answered since the page was opened, as series for charts.
const POINTS = 300; // ten minutes

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
