// Series and histograms as pictures, each with a text that says the same.

const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const charts = [];
const LEAST_SPAN_S = 30;

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
      // One answer alone has no length of time: uPlot would show three years.
      x: { time: true, range: () => [Math.min(series.at[0], latest(series.at) - LEAST_SPAN_S), latest(series.at)] },
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
