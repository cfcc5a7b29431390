// Builds the elements of the page. Data is shown as text, never as markup: users, links and requests are untrusted input.

/** Makes an element. Children are elements, strings, or nothing. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return element;
}

export const badge = (text, kind = "") => make("span", { class: `badge ${kind}` }, text);

/** A time of the emulator or of the system, short, with the whole of it as its title. */
export function time(text) {
  const date = new Date(text);
  const isToday = date.toDateString() === new Date().toDateString();
  const shown = isToday ? date.toLocaleTimeString() : date.toLocaleString();
  return make("time", { datetime: text, title: text }, shown);
}

/** JSON with its parts in colour. */
export function json(value) {
  const pre = make("pre", { tabindex: "0" });
  const text = JSON.stringify(value, null, 2);
  const parts = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;
  let end = 0;
  for (const part of text.matchAll(parts)) {
    pre.append(text.slice(end, part.index));
    const [whole, string, colon] = part;
    const kind = colon ? "key" : string === '"[redacted]"' ? "redacted" : string ? "string" : "other";
    pre.append(make("span", { class: kind }, string ?? whole), colon ?? "");
    end = part.index + whole.length;
  }
  pre.append(text.slice(end));
  return pre;
}

export function facts(pairs) {
  const rows = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return make("dl", { class: "facts" }, rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

export const id = (text) => make("span", { class: "id" }, text);
export const part = (title, ...content) => make("div", {}, make("h3", {}, title), ...content);
export const isEmpty = (value) => !value || (typeof value === "object" && Object.keys(value).length === 0);
export const words = (name) => name.replaceAll("_", " ");
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Keeps a list in step with its entries. An entry that has not changed keeps its element, and with it the focus. */
export class List {
  constructor(element, key, render) {
    Object.assign(this, { element, key, render, shown: new Map(), isFirst: true });
  }

  update(entries) {
    const before = this.shown;
    this.shown = new Map();
    let next = this.element.firstElementChild;
    for (const entry of entries) {
      const key = this.key(entry);
      const text = JSON.stringify(entry);
      let row = before.get(key);
      before.delete(key);
      if (!row || row.text !== text) {
        const element = this.replace(row?.element, entry);
        if (row && next === row.element) next = element;
        row = { text, element };
      }
      this.shown.set(key, row);
      if (row.element === next) next = next.nextElementSibling;
      else this.element.insertBefore(row.element, next);
    }
    before.forEach((row) => row.element.remove());
    this.isFirst = false;
  }

  /** Renders an entry again. Open parts stay open, and the focus stays in its place. */
  replace(old, entry) {
    const element = make("li", { class: !old && !this.isFirst && "new" }, this.render(entry));
    if (!old) return element;
    const before = old.querySelectorAll("details");
    element.querySelectorAll("details").forEach((part, at) => (part.open = before[at]?.open ?? false));
    const stops = "a, button, summary, pre";
    const focused = [...old.querySelectorAll(stops)].indexOf(document.activeElement);
    old.replaceWith(element);
    if (focused >= 0) [...element.querySelectorAll(stops)][focused]?.focus();
    return element;
  }
}
