/**
 * The references on an article's page: the day of reading put in, and buttons to copy or save each. Without scripts they stand there
 * as text, with a place to fill in.
 */

const SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/** @type {Record<string, (text: string, day: Date) => string>} What each form says of the day of reading. */
const READ = {
  Chicago: (text, day) => text.replace("[date]", american(day)),
  MLA: (text, day) => text.replace("[date]", `${day.getDate()} ${SHORT[day.getMonth()]} ${day.getFullYear()}`),
  APA: (text, day) => text.replace("[date]", american(day)),
  ris: (text, day) => text.replace(/ER {2}- \s*$/, `Y2  - ${numbers(day).join("/")}/\nER  - \n`),
  csl: (text, day) => text.replace(/\n}\]\s*$/, `,\n"accessed": {"date-parts": [[${numbers(day).map(Number).join(", ")}]]}\n}]\n`),
  bibtex: (text, day) => text.replace(/\n}\s*$/, `,\n  urldate = {${numbers(day).join("-")}}\n}\n`),
};

/**
 * Put the day of reading into the references.
 * @param {ParentNode} page
 * @param {Date} day
 */
export function dated(page, day) {
  for (const place of page.querySelectorAll("[data-cite]")) {
    place.textContent = READ[place.getAttribute("data-cite") ?? ""](place.textContent ?? "", day);
  }
}

/**
 * Put buttons to copy, and for files to save, behind the references of a page.
 * @param {ParentNode} page
 */
export function buttons(page) {
  for (const place of page.querySelectorAll("[data-cite]")) {
    const text = () => place.textContent ?? "";
    const name = place.getAttribute("data-name");
    const made = [button("Copy", () => navigator.clipboard.writeText(text()))];
    if (name) made.push(button("Save", async () => save(name, text())));
    place.after(...made);
  }
}

/**
 * Let the reader save a text as a file.
 * @param {string} name
 * @param {string} text
 */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * @param {string} words
 * @param {() => Promise<void>} work
 */
function button(words, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = words;
  made.addEventListener("click", () =>
    work().then(
      () => (made.textContent = "Done"),
      () => (made.textContent = "Not allowed here"),
    ),
  );
  made.addEventListener("blur", () => (made.textContent = words));
  return made;
}

/** @param {Date} day */
function american(day) {
  return day.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
}

/** @param {Date} day */
function numbers(day) {
  return [String(day.getFullYear()), ...[day.getMonth() + 1, day.getDate()].map((number) => String(number).padStart(2, "0"))];
}
