// Draws every [data-chart] from the JSON beside it. The table under each chart is the whole truth;
// this is the picture of it, in the colours of the tokens, without motion.
import { init } from "../vendor/echarts/echarts.min.js";

const TONES = {
  brand: "--brand",
  quiet: "--ink-muted",
  good: "--good",
  waiting: "--chart-waiting",
  problem: "--problem",
};
const drawn = [];

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function words() {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    color: token("--ink-muted"),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: Math.round(size * 0.8125),
  };
}

function legend(place, data) {
  if (data.series.length < 2) return;
  const list = document.createElement("ul");
  list.className = "chart-legend";
  for (const one of data.series) {
    const item = document.createElement("li");
    item.className = `tone-${one.tone}${one.dashed ? " is-dashed" : ""}`;
    item.textContent = one.name;
    list.append(item);
  }
  if (data.stacked) place.parentElement.classList.add("chart-stacked");
  place.before(list);
}

function seriesOf(data, text) {
  const across = data.kind === "across";
  const drawnSeries = data.series.map((one, place) => {
    const colour = token(TONES[one.tone]);
    const common = { name: one.name, data: one.values, itemStyle: { color: colour }, animation: false };
    if (data.kind === "lines") {
      return {
        ...common,
        type: "line",
        showSymbol: one.values.length < 3,
        symbolSize: 6,
        step: false,
        lineStyle: { color: colour, width: one.dashed ? 2 : 3, type: one.dashed ? "dashed" : "solid" },
      };
    }
    const isLast = place === data.series.length - 1;
    return {
      ...common,
      type: "bar",
      stack: data.stacked ? "all" : undefined,
      barMaxWidth: 26,
      label: {
        ...text,
        show: !data.stacked || isLast,
        color: token("--ink"),
        position: across ? "right" : "top",
        formatter: (point) =>
          data.stacked ? sum(data, point.dataIndex) : String(point.value ?? ""),
      },
    };
  });
  if (data.mark) drawnSeries.push(markOf(data, text));
  return drawnSeries;
}

const sum = (data, place) =>
  String(data.series.reduce((total, one) => total + (one.values[place] ?? 0), 0));

function markOf(data, text) {
  const [label, said] = data.mark;
  const top = Math.max(1, ...data.series.flatMap((one) => one.values).filter(Number.isFinite));
  return {
    type: "line",
    name: said,
    data: [[label, 0], [label, top]],
    animation: false,
    silent: true,
    tooltip: { show: false },
    symbol: ["none", "none"],
    lineStyle: { color: token("--problem"), width: 1.5, type: "dotted" },
    label: { ...text, show: true, color: token("--problem"), position: "left", formatter: (one) => (one.dataIndex === 1 ? said : "") },
    showSymbol: true,
    symbolSize: 0,
    itemStyle: { color: token("--problem") },
  };
}

function optionsOf(data, room) {
  const text = words();
  const labels = {
    type: "category",
    data: data.labels,
    axisLine: { lineStyle: { color: token("--line-control") } },
    axisTick: { show: false },
    axisLabel: { ...text, hideOverlap: true },
    inverse: data.kind === "across",
  };
  const numbers = {
    type: "value",
    minInterval: 1,
    axisLabel: data.kind === "across" ? { show: false } : text,
    splitLine: { show: data.kind !== "across", lineStyle: { color: token("--line") } },
  };
  if (data.kind === "across") labels.axisLabel = { ...text, color: token("--ink"), width: Math.min(14 * text.fontSize, room * 0.36), overflow: "truncate" };
  const across = data.kind === "across";
  return {
    animation: false,
    textStyle: text,
    grid: { left: 4, right: across ? 40 : 16, top: 20, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // a tooltip of HTML carries inline styles, which the policy forbids
      confine: true,
      transitionDuration: 0,
      axisPointer: { type: across ? "shadow" : "line" },
      backgroundColor: token("--surface"),
      borderColor: token("--line-control"),
      textStyle: { ...text, color: token("--ink") },
    },
    xAxis: across ? numbers : labels,
    yAxis: across ? labels : numbers,
    series: seriesOf(data, text),
  };
}

function draw(place) {
  const source = document.getElementById(place.dataset.chart);
  if (!source) return;
  const data = JSON.parse(source.textContent);
  legend(place, data);
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(optionsOf(data, chart.getWidth()));
  drawn.push([chart, data]);
}

for (const place of document.querySelectorAll("[data-chart]")) draw(place);

let waiting = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => drawn.forEach(([chart]) => chart.resize()));
});

// Paper is white: print in the light colours whatever the screen has, then go back.
const root = document.documentElement;
let theme = "";
function again(width) {
  for (const [chart, data] of drawn) {
    chart.resize(width ? { width } : { width: "auto" });
    chart.setOption(optionsOf(data, chart.getWidth()));
  }
}
window.addEventListener("beforeprint", () => {
  theme = root.dataset.bsTheme;
  root.dataset.bsTheme = "light";
  again(620);
});
window.addEventListener("afterprint", () => {
  root.dataset.bsTheme = theme;
  again();
});
