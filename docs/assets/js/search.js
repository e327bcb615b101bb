/**
 * Search, by the worker that Material for MkDocs 9.8.1 ships. It asks for nothing until the reader turns to it.
 *
 * The worker's messages: 0 set up, 1 ready, 2 query, 3 result. A result is a list of pages, each a list of sections.
 */

const SET_UP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const PAGES = 8;
const SECTIONS = 3;
const SNIPPET = 140;

/* Pages to look things up in: they hold every word, so they would come before the page that answers. */
const LISTS = /^about\/(words|sources)\//;
const LIST_WEIGHT = 0.1;

/* The worker looks for every word as the start of a word, so these would find everything. */
const LITTLE_WORDS = new Set(
  "a about after all am an and any are as at be before been being but by can could did do does for from get had has have having how i if in into is it its just like may me might more my need no not of on one or our should so some than that the their them then there these they this to too until up us was we were what when where which while who why will with would you your".split(" "),
);

/**
 * Start the search box.
 *
 * @param {HTMLElement} root - Element with `data-mg-search`, the addresses of worker and index, and the words to say
 * @param {(address: string) => Worker} [hire] - Makes the worker; tests pass their own
 */
export function startSearch(root, hire = (address) => new Worker(address)) {
  const opener = root.querySelector("button[aria-expanded]");
  const form = root.querySelector("form");
  const box = form.elements.namedItem("query");
  const panel = root.querySelector(".mg-search__panel");
  const count = panel.querySelector("p");
  const status = root.querySelector("[role=status]");
  const list = panel.querySelector("ol");
  const help = panel.querySelector(".mg-search__help");
  const said = root.dataset;
  /** @type {Promise<Worker> | undefined} */
  let worker;

  const show = (open) => {
    panel.hidden = !open;
  };
  const say = (text, found = 0) => {
    list.replaceChildren();
    help.hidden = found > 0;
    count.textContent = text;
    status.textContent = text;
    show(true);
  };
  const ready = () => {
    worker ??= setUp(said.mgWorker, said.mgIndex, hire, ({ items }) => {
      const pages = items.slice(0, PAGES);
      const text = pages.length === 0 ? said.mgNone : pages.length === 1 ? said.mgOne : said.mgMany;
      say(text.replace("{count}", String(pages.length)), pages.length);
      list.replaceChildren(...pages.map((sections) => pageItem(sections, said.mgBase)));
    });
    return worker;
  };
  const ask = async () => {
    const query = plain(box.value);
    if (!query) {
      status.textContent = "";
      show(false);
      return;
    }
    try {
      (await ready()).postMessage({ type: QUERY, data: query });
    } catch {
      worker = undefined;
      say(said.mgFailed);
    }
  };

  opener.addEventListener("click", () => {
    const open = opener.getAttribute("aria-expanded") === "false";
    opener.setAttribute("aria-expanded", String(open));
    show(false);
    if (open) {
      box.focus();
    }
  });
  const fetchAhead = () => ready().catch(() => (worker = undefined));
  box.addEventListener("focus", fetchAhead);
  box.addEventListener("input", ask);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  root.addEventListener("keydown", (event) => steer(event, box, panel, opener));
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) {
      show(false);
    }
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!root.contains(target)) {
      show(false);
    }
  });

  const address = new URLSearchParams(location.search);
  const asked = address.get("q") ?? address.get("query");
  if (asked && !box.value) {
    opener.setAttribute("aria-expanded", "true");
    box.value = asked;
  }
  if (box.value) {
    ask();
  } else if (document.activeElement === box) {
    fetchAhead();
  }
}

/**
 * Fetch the index and hand it to a worker.
 *
 * @param {string} address - The worker's
 * @param {string} index - The index's
 * @param {(address: string) => Worker} hire - Makes the worker
 * @param {(result: {items: object[][]}) => void} found - Takes each result
 * @returns {Promise<Worker>} The worker, ready for questions
 */
async function setUp(address, index, hire, found) {
  const answer = await fetch(index);
  if (!answer.ok) {
    throw new Error(`${index}: ${answer.status}`);
  }
  const { config, docs } = await answer.json();
  const worker = hire(address);
  /* The theme gives a title a thousand times the weight of text; then one word in a title beats any answer. */
  config.fields = { title: { boost: 4 }, text: { boost: 1 }, tags: { boost: 4 } };
  const weighed = docs.map((doc) => (LISTS.test(doc.location) ? { ...doc, boost: LIST_WEIGHT } : doc));
  return new Promise((resolve, reject) => {
    worker.addEventListener("error", reject);
    worker.addEventListener("message", ({ data }) => {
      if (data.type === READY) {
        resolve(worker);
      } else if (data.type === RESULT) {
        found(data.data);
      }
    });
    worker.postMessage({ type: SET_UP, data: { config, docs: weighed, options: { suggest: false } } });
  });
}

/**
 * @param {string} question - What the reader typed
 * @returns {string} Its telling words, without signs that the worker takes for commands
 */
function plain(question) {
  const words = question.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const telling = words.filter((word) => !LITTLE_WORDS.has(word));
  return (telling.length > 0 ? telling : words).join(" ");
}

/**
 * Arrow keys walk from the box through the results and back; Escape closes.
 *
 * @param {KeyboardEvent} event - A key pressed in the search
 * @param {HTMLInputElement} box - Where the reader types
 * @param {HTMLElement} panel - The results
 * @param {HTMLButtonElement} opener - The button that shows the form on a phone
 */
function steer(event, box, panel, opener) {
  if (event.key === "Escape") {
    if (panel.hidden && opener.offsetParent) {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    } else {
      panel.hidden = true;
      box.focus();
    }
    event.preventDefault();
  } else if (!panel.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const stops = [box, ...panel.querySelectorAll("a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    stops[stops.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }
}

/**
 * @param {object[]} sections - One page's hits; the page itself is among them
 * @param {string} base - Address of the guide's root
 * @returns {HTMLLIElement} The page, its best section's text, and its other sections
 */
function pageItem(sections, base) {
  const page = sections.find(({ location }) => !location.includes("#")) ?? sections[0];
  const hits = sections.filter((section) => section !== page).slice(0, SECTIONS);
  const item = make("li", "mg-search__page", link(page, base));
  if (hits.length === 0) {
    item.append(make("p", "mg-search__snippet", ...marked(page.text, SNIPPET)));
  } else {
    item.append(make("ul", "mg-search__sections", ...hits.map((hit) =>
      make("li", "mg-search__section", link(hit, base), make("p", "mg-search__snippet", ...marked(hit.text, SNIPPET))))));
  }
  return item;
}

/**
 * @param {{location: string, title: string}} hit - A page or section
 * @param {string} base - Address of the guide's root
 * @returns {HTMLAnchorElement} A link to it
 */
function link(hit, base) {
  const anchor = make("a", "mg-search__link", ...marked(hit.title));
  anchor.href = `${base.replace(/\/?$/, "/")}${hit.location}`;
  return anchor;
}

/**
 * Text with the found words marked. The worker's markup is read in a document of its own and only its text is taken,
 * without source marks.
 *
 * @param {string} html - Text from the worker, with `<mark>` around found words
 * @param {number} [length] - Roughly how many signs to keep, counted from just before the first mark
 * @returns {(string | HTMLElement)[]} Text and `<mark>` elements
 */
function marked(html, length = Infinity) {
  const read = new DOMParser().parseFromString(html ?? "", "text/html");
  const walk = read.createTreeWalker(read.body, NodeFilter.SHOW_TEXT);
  const runs = [];
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (!parentElement.closest("sup")) {
      runs.push({ text: data.replace(/\s+/g, " "), found: parentElement.localName === "mark" });
    }
  }
  const kept = [];
  let left = length;
  for (const { text, found } of runs) {
    const piece = text.slice(0, left);
    left -= piece.length;
    if (piece) {
      kept.push(found ? make("mark", "", piece) : piece);
    }
  }
  return left > 0 ? kept : [...kept, "…"];
}

/**
 * @param {string} tag - Name of the element
 * @param {string} block - Its class, or nothing
 * @param {...(string | Node)} inside - What it holds
 * @returns {HTMLElement} The element
 */
function make(tag, block, ...inside) {
  const element = document.createElement(tag);
  if (block) {
    element.className = block;
  }
  element.append(...inside);
  return element;
}
