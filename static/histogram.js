/**
 * Hits over time, drawn: a bar for each year, each decade where there are many years, or each month of a chosen year. A bar is
 * pressed like a button; arrow keys lead from one to the next. The list of years below says the same in words.
 */

import { element } from "./draw.js";
import { articles, monthName, number } from "./words.js";

/** @typedef {import("./engine.js").FacetCount} FacetCount */

/**
 * One bar. `choose`: what it filters by: a value of the year facet, or words for the query. `words`: its span of time.
 * @typedef {{words: string, count: number, year?: string, when?: string}} Bar
 */

/**
 * `apart`: a bar that has no place in time. `year`: the one whose months these are.
 * @typedef {{bars: Bar[], apart?: Bar, heading: string, year?: string}} Chart
 */

const SVG = "http://www.w3.org/2000/svg";
const MOST_YEARS = 48; // bars; where there are more years, there is a bar for each ten of them
const WIDTH = 1000;
const HEIGHT = 100;
const GAP = 0.16; // of a bar's place
const LEAST = 4; // units: what is there can be seen

/**
 * Make bars of years.
 * @param {readonly FacetCount[]} years `""` for undated articles
 * @returns {Chart}
 */
export function yearChart(years) {
  const counts = new Map(years.filter(({ value }) => value !== "").map(({ value, count }) => [Number(value), count]));
  const undated = years.find(({ value }) => value === "")?.count ?? 0;
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const step = last - first < MOST_YEARS ? 1 : last - first < 10 * MOST_YEARS ? 10 : 100;
  /** @type {Bar[]} */
  const bars = [];
  for (let from = Math.floor(first / step) * step; from <= last; from += step) {
    let count = 0;
    for (let year = from; year < from + step; year += 1) count += counts.get(year) ?? 0;
    bars.push(step === 1 ? { words: yearOf(from), count, year: yearOf(from) } : spanBar(from, step, count));
  }
  const apart = undated > 0 ? { words: "Undated", count: undated, year: "" } : undefined;
  return { bars, apart, heading: { 1: "by year", 10: "by decade", 100: "by century" }[step] ?? "" };
}

/**
 * @param {number} from
 * @param {number} step
 * @param {number} count
 * @returns {Bar}
 */
function spanBar(from, step, count) {
  const words = `${yearOf(from)}–${yearOf(from + step - 1)}`;
  return { words, count, when: `after:${yearOf(Math.max(from, 1))} before:${yearOf(from + step)}` };
}

/** @param {number} year */
function yearOf(year) {
  return String(year).padStart(4, "0");
}

/**
 * Make bars of the months of a year.
 * @param {string} year
 * @param {readonly FacetCount[]} months values like `2023-11`
 * @returns {Chart}
 */
export function monthChart(year, months) {
  const bars = Array.from({ length: 12 }, (_, at) => {
    const value = `${year}-${String(at + 1).padStart(2, "0")}`;
    const count = months.find((month) => month.value === value)?.count ?? 0;
    return { words: monthName(value), count, when: `date:${value}` };
  });
  const unknown = months.find(({ value }) => value === year)?.count ?? 0;
  const apart = unknown > 0 ? { words: "Month unknown", count: unknown } : undefined;
  return { bars, apart, heading: `of ${year} by month`, year };
}

/**
 * Draw a chart.
 * @param {Chart} chart
 * @param {(bar: Bar) => boolean} isChosen
 * @returns {HTMLElement | undefined} nothing where there is nothing to compare
 */
export function histogram({ bars, apart, heading, year }, isChosen) {
  if (bars.length + (apart ? 1 : 0) < 2) return undefined;
  const most = Math.max(...bars.map(({ count }) => count), apart?.count ?? 0, 1);
  const place = WIDTH / (bars.length + (apart ? 2 : 0)); // the one apart stands behind a gap
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "none" });
  drawing.append(...bars.map((bar, at) => drawBar(bar, at * place, place, most, isChosen(bar))));
  if (apart) drawing.append(drawBar(apart, WIDTH - place, place, most, isChosen(apart)));
  const keys = /** @type {SVGElement[]} */ (Array.from(drawing.children));
  for (const key of keys) key.setAttribute("tabindex", key === keys[0] ? "0" : "-1");
  const toolbar = element("div", { role: "toolbar", "aria-label": `Results ${heading}` }, drawing);
  toolbar.addEventListener("keydown", (event) => walk(event, keys));
  const head = element("p", { class: "chart-head" }, `Results ${heading}`);
  if (year) head.append(" ", element("button", { type: "button", "data-year": year }, "All years"));
  return element("div", { class: "histogram" }, head, toolbar, scaleOf(bars, apart));
}

/**
 * Name the first bar and the last, and the one apart.
 * @param {readonly Bar[]} bars
 * @param {Bar | undefined} apart
 */
function scaleOf(bars, apart) {
  const ends = [...bars.slice(0, 1), ...bars.slice(1).slice(-1), ...(apart ? [apart] : [])];
  return element("div", { class: "scale", "aria-hidden": "true" }, ...ends.map(({ words }) => element("span", {}, words)));
}

/**
 * @param {Bar} bar
 * @param {number} left
 * @param {number} place
 * @param {number} most
 * @param {boolean} chosen
 */
function drawBar({ words, count, year, when }, left, place, most, chosen) {
  const label = { "aria-label": `${words}: ${articles(count)}` };
  const canBeChosen = year !== undefined || when !== undefined;
  const key = svg("g", canBeChosen ? { role: "button", "aria-pressed": String(chosen), ...label } : { role: "img", ...label });
  if (year !== undefined) key.dataset.year = year;
  if (when !== undefined) key.dataset.when = when;
  const height = count === 0 ? 0 : Math.max(LEAST, (count / most) * HEIGHT);
  const inner = { x: left + (place * GAP) / 2, width: place * (1 - GAP) };
  const title = svg("title", {});
  title.textContent = `${words}: ${number(count)}`;
  key.append(
    title,
    svg("rect", { class: "ground", x: left, y: 0, width: place, height: HEIGHT }),
    svg("rect", { class: "count", ...inner, y: HEIGHT - height, height }),
  );
  return key;
}

/**
 * @template {"svg" | "g" | "rect" | "title"} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElementTagNameMap[Tag]}
 */
function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * Arrow keys, Home and End lead through the bars; Enter and Space press one.
 * @param {KeyboardEvent} event
 * @param {readonly SVGElement[]} keys
 */
function walk(event, keys) {
  const at = keys.findIndex((key) => key === document.activeElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    keys[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    return;
  }
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: keys.length - 1 }[event.key];
  if (to === undefined || keys[to] === undefined) return;
  event.preventDefault();
  keys[at].setAttribute("tabindex", "-1");
  keys[to].setAttribute("tabindex", "0");
  keys[to].focus();
}
