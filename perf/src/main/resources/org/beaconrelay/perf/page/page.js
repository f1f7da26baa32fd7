// Draws the charts of a page with uPlot. Each figure has its numbers beside it, as JSON.
(() => {
  "use strict";
  const HEIGHT = 320;
  const WIDTH_OF_DIGIT = 7;
  const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
  const write = value => (value == null ? "" : format.format(value));

  const colour = name =>
    getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  function series(line) {
    const own = colour(line.look === "bound" ? "bad" : "colour-" + line.colour);
    const looks = {
      line: { width: 2, points: { show: false } },
      dashed: { width: 2, dash: [7, 5], points: { show: false } },
      bound: { width: 1.5, dash: [3, 3], points: { show: false } },
      points: { width: 0, paths: () => null, points: { show: true, size: 8, fill: own } },
    };
    return {
      label: line.label,
      stroke: own,
      pxAlign: 0,
      spanGaps: true,
      value: (_, value) => (value == null ? "–" : write(value)),
      ...looks[line.look],
    };
  }

  function axis(about, isVertical) {
    const options = {
      label: about.label,
      labelFont: "600 12px system-ui, sans-serif",
      font: "12px system-ui, sans-serif",
      stroke: colour("soft"),
      grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1, size: 5 },
      values: (_, splits) => splits.map(write),
    };
    if (about.names.length > 0) {
      options.splits = () => about.names.map((_, i) => i);
      options.values = (_, splits) => splits.map(i => about.names[i]);
    }
    if (!isVertical) {
      options.size = 34;
      options.labelSize = 22;
    } else {
      options.size = (_, values) =>
        16 + WIDTH_OF_DIGIT * Math.max(3, ...(values || []).map(text => text.length));
    }
    return options;
  }

  function scales(about) {
    const { x, y } = about;
    const last = about.xs[about.xs.length - 1];
    return {
      x: {
        time: false,
        range: () => (x.names.length > 0 ? [-0.3, x.names.length - 0.7] : [0, last]),
      },
      y: y.log
        ? { distr: 3 }
        : { range: (_, least, most) => [Math.min(0, least), y.max || 1.08 * most || 1] },
    };
  }

  function draw(plot, about) {
    const options = {
      width: plot.clientWidth,
      height: HEIGHT,
      scales: scales(about),
      axes: [axis(about.x, false), axis(about.y, true)],
      series: [
        {
          label: about.x.label,
          value: (_, value) =>
            value == null ? "–" : about.x.names[value] || write(value),
        },
        ...about.lines.map(series),
      ],
      legend: { markers: { width: 0, fill: (chart, i) => chart.series[i].stroke() } },
      cursor: { drag: { x: false, y: false } },
    };
    return new uPlot(options, [about.xs, ...about.lines.map(line => line.ys)], plot);
  }

  function show(figure) {
    const about = JSON.parse(figure.querySelector("script").textContent);
    const plot = figure.querySelector(".plot");
    figure.hidden = false;
    let chart = draw(plot, about);
    new ResizeObserver(() => {
      if (plot.clientWidth !== chart.width) {
        chart.setSize({ width: plot.clientWidth, height: HEIGHT });
      }
    }).observe(plot);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      chart.destroy();
      chart = draw(plot, about);
    });
  }

  document.querySelectorAll("figure.chart").forEach(show);
})();
