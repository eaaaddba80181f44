/* Draws cards into the elements of `cards.html`. What stays keeps its picture and the focus; texts are set as texts,
   never as HTML. A press is told to Python as "choose", with a product's id, or as "act", with an action and the id. */

const SWIPE = 40; // pixels that a finger moves at least to turn to the next picture
const near = (card) => `+${card.folded.toLocaleString("en")} near-identical`;
const NAMES = {
  zoom: (card) => `Enlarge ${card.called}`,
  folds: (card) => `${near(card)} to ${card.called}`,
  why: (card) => `Why ${card.called}?`,
  more: (card) => `More like ${card.called}`,
  less: (card) => `Less like ${card.called}`,
  details: (card) => `Details of ${card.called}`,
  shop: (card) => `Open ${card.called} in its shop`,
};
const views = new WeakMap(); // what is known of each list that is on the page

export default ({ data, parentElement, setTriggerValue }) => {
  const list = parentElement.querySelector("ul");
  if (!views.has(list)) views.set(list, begin(parentElement, list));
  const view = views.get(list);
  Object.assign(view, { data, tell: setTriggerValue });
  draw(view);
};

function begin(root, list) {
  const dialog = root.querySelector("dialog");
  const view = { root, list, dialog, items: new Map(), shown: null, opener: null };
  const place = root.host.closest("[data-testid=stElementContainer]");
  if (place) place.style.cssText = "height: auto; overflow: visible"; // Python's guess held it until now
  list.addEventListener("click", (event) => press(view, event));
  list.addEventListener("keydown", (event) => key(view, event));
  let start = null;
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.step) step(view, Number(button.dataset.step));
    else if (button || target === dialog) dialog.close(); // the dialog itself is what lies beside its content
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(view, -1);
    if (event.key === "ArrowRight") step(view, 1);
  });
  dialog.addEventListener("touchstart", ({ touches }) => {
    start = touches.length === 1 ? touches[0].clientX : null;
  });
  dialog.addEventListener("touchend", ({ changedTouches }) => {
    const way = start === null ? 0 : changedTouches[0].clientX - start;
    if (Math.abs(way) > SWIPE) step(view, -Math.sign(way));
  });
  dialog.addEventListener("close", () => view.opener?.focus());
  return view;
}

/* The list. */

function draw(view) {
  const { data, list, root } = view;
  const focused = root.activeElement;
  const before = view.items;
  view.items = new Map(data.cards.map((card) => [card.id, before.get(card.id) ?? blank(root)]));
  before.forEach((item, id) => view.items.has(id) || item.remove());
  [...view.items.values()].forEach((item, place) => {
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    fill(item, data.cards[place], data);
  });
  list.className = `${data.layout} ${data.muted ? "muted" : ""} ${data.actions.length < 4 ? "few" : ""}`;
  list.setAttribute("aria-label", data.label);
  list.ariaHidden = data.waiting ? "true" : null;
  root.querySelector(".status").textContent = data.status;
  if (focused && root.activeElement !== focused) {
    (focused.isConnected ? focused : list.querySelector("a"))?.focus({ preventScroll: true });
  }
  if (view.dialog.open) step(view, 0);
}

function blank(root) {
  return root.querySelector("template").content.firstElementChild.cloneNode(true);
}

function fill(item, card, { actions, waiting }) {
  item.dataset.id = card.id;
  item.className = waiting ? "waiting" : "";
  if (waiting) return;
  const [link, name, rank, which] = ["a", ".name", ".rank", ".which"].map((part) => item.querySelector(part));
  link.setAttribute("href", card.href);
  name.textContent = card.name;
  name.title = card.called;
  rank.textContent = card.rank ?? "";
  rank.hidden = card.rank === null;
  which.textContent = card.which && `picture ${card.which}`;
  picture(item, card.picture);
  verdict(item, card);
  shop(item.querySelector(".shop"), card);
  for (const button of item.querySelectorAll("button")) {
    const { action } = button.dataset;
    button.ariaLabel = button.title = NAMES[action](card);
    button.hidden = !{ zoom: card.picture, folds: card.folded }[action] && !actions.includes(action);
    if (action === "more" || action === "less") button.ariaPressed = String(card.marked === action);
    if (action === "folds") button.textContent = near(card);
  }
  item.querySelector(".icons").hidden = actions.length === 0;
}

function shop(link, card) {
  link.hidden = !card.link;
  if (!card.link) return link.removeAttribute("href");
  link.setAttribute("href", card.link);
  link.ariaLabel = link.title = NAMES.shop(card);
}

function picture(part, source) {
  const image = part.querySelector("img");
  if (source && image.getAttribute("src") !== source) image.src = source;
  image.hidden = !source;
  const missing = part.querySelector(".missing");
  if (missing) missing.hidden = Boolean(source);
}

function verdict(part, card) {
  part.querySelector(".badge").textContent = card.badge;
  const score = part.querySelector(".score");
  score.hidden = !card.score;
  score.lastElementChild.textContent = card.score;
}

function press(view, event) {
  const pressed = event.target.closest("a, button");
  if (!pressed || pressed.matches(".shop")) return;
  const { id } = pressed.closest("li").dataset;
  const { action } = pressed.dataset;
  if (action === "zoom") enlarge(view, pressed);
  else if (action) view.tell("act", [action, id]);
  else if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    event.preventDefault();
    view.tell("choose", id);
  }
}

function key(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.toLowerCase() === "z") enlarge(view, event.target);
  const way = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
  if (way && event.target.matches("a")) event.target.closest("li")[way]?.querySelector("a").focus();
}

/* A picture enlarged. */

function enlarge(view, opener) {
  view.opener = opener;
  view.shown = opener.closest("li").dataset.id;
  view.dialog.showModal();
  step(view, 0);
}

function step(view, way) {
  const { dialog, data } = view;
  const number = data.cards.length;
  const before = data.cards.findIndex(({ id }) => id === view.shown);
  if (before < 0) return dialog.close();
  const at = (before + way + number) % number;
  const card = data.cards[at];
  view.shown = card.id;
  const [query, shown] = dialog.querySelectorAll("figure");
  query.hidden = !data.query;
  if (data.query) caption(query, "Query", data.query);
  caption(shown, card.rank === null ? "" : `Result ${card.rank}`, card);
  dialog.classList.toggle("muted", data.muted);
  dialog.ariaLabel = NAMES.zoom(card);
  dialog.querySelector(".place").textContent = `${at + 1} of ${number}`;
  dialog.querySelectorAll("[data-step]").forEach((button) => (button.hidden = number === 1));
  verdict(dialog, card);
  dialog.querySelector(".verdict").hidden = !card.badge && !card.score;
  const facts = card.details.flatMap(([label, value]) => [text("dt", label), text("dd", value)]);
  dialog.querySelector("dl").replaceChildren(...facts);
}

function caption(figure, kind, { name, picture: source }) {
  picture(figure, source);
  figure.querySelector(".kind").textContent = kind;
  figure.querySelector(".name").textContent = name;
}

function text(tag, content) {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}
