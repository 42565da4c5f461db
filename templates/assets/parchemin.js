// The comfort of the pages. Everything here shortens a way that exists without it: each behaviour
// starts from a link or a form that works alone. No inline code, no evaluation, no third party.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const own = (name, root = document) => root.querySelector(`[name="${name}"]`)?.value;

/** Says a sentence to screen readers, without moving the focus. */
function announce(text) {
  const place = document.getElementById("annonce");
  if (place && text) place.textContent = text;
}

// 1. After a fragment was replaced: say its summary, and move the focus when it asks for it.
document.addEventListener("htmx:after:swap", (event) => {
  const old = event.detail?.ctx?.target;
  const target = old?.isConnected ? old : document.getElementById(old?.id ?? "");
  if (!target) return;
  announce(target.dataset.annonce ?? target.querySelector("[data-annonce]")?.dataset.annonce);
  if ("focus" in target.dataset) {
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus();
  }
  ready(target);
});

// A transition between two pages that the browser gives up (a page hidden, resized or slow to come) is no error: the page is
// shown without it.
for (const name of ["pageswap", "pagereveal"]) {
  window.addEventListener(name, ({ viewTransition }) => {
    for (const step of ["ready", "updateCallbackDone", "finished"]) viewTransition?.[step]?.catch(() => {});
  });
}

// 2. The error summary takes the focus when the page comes back with one, or what is shown only once.
function focusSummary() {
  document.querySelector("#bilan, [data-arrivee]")?.focus();
}

// 3. Confirmations: a submit button marked data-dialogue opens its dialog; the dialog's own button submits.
// The pressed button's name and value would be lost with it, so they are carried by a hidden field.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-dialogue]");
  const dialog = button && document.getElementById(button.dataset.dialogue);
  if (!dialog?.showModal) return;
  event.preventDefault();
  carry(button);
  dialog.showModal();
});

function carry(button) {
  const form = button.form;
  if (!form) return;
  all("input[data-porte]", form).forEach((field) => field.remove());
  if (!button.name) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  field.dataset.porte = "";
  form.append(field);
}

document.addEventListener("close", (event) => {
  all(`[form]`, event.target).forEach((button) => {
    if (event.target.returnValue !== "oui") all("input[data-porte]", button.form ?? event.target).forEach((f) => f.remove());
  });
}, true);

// What people print from its page.
document.addEventListener("click", (event) => { if (event.target.closest("[data-imprimer]")) window.print(); });

// Browsers without command and commandfor: five lines do the same.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (button?.getAttribute("command") === "show-modal") dialog?.showModal();
    if (button?.getAttribute("command") === "close") dialog?.close();
  });
}

// 4. Keyboard: only outside fields, and not at all when the person switched it off.
const GO = { a: "/accueil", j: "/jurys", r: "/agrements", s: "/sessions", i: "/intervenants", q: "/qualite" };
let pendingG = 0;

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.raccourcis === "non") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  const key = event.key;
  if (Date.now() - pendingG < 1500 && GO[key]) {
    pendingG = 0;
    follow(GO[key]);
  } else if (key === "g") {
    pendingG = Date.now();
  } else if (key === "/") {
    focusSearch(event);
  } else if (key === "?") {
    document.getElementById("raccourcis")?.showModal?.();
  } else if (key === "n") {
    document.querySelector("a[data-nouveau]")?.click();
  }
});

/** Only ways that the navigation of this person shows. */
function follow(path) {
  all("#nav a, #compte a").find((link) => link.getAttribute("href") === path)?.click();
}

function focusSearch(event) {
  const field = document.querySelector("form[role=search] input");
  if (!field || field.offsetParent === null) return;
  event.preventDefault();
  field.focus();
}

// 6. "Tout sélectionner", and the bar that counts the ticked rows.
function refreshBatch(root) {
  const bar = root.querySelector("[data-lot]");
  if (!bar) return;
  const rows = all("input[data-ligne]", root);
  const ticked = rows.filter((row) => row.checked).length;
  bar.hidden = ticked === 0;
  const count = bar.querySelector("[data-lot-compte]");
  if (count) count.textContent = ticked === 1 ? count.dataset.un : count.dataset.plusieurs.replace("#", String(ticked));
  const master = root.querySelector("input[data-tout]");
  if (!master) return;
  master.checked = ticked > 0 && ticked === rows.length;
  master.indeterminate = ticked > 0 && ticked < rows.length;
}

document.addEventListener("change", (event) => {
  const root = event.target.closest("[data-selection]");
  if (!root || !event.target.matches("input[data-tout], input[data-ligne]")) return;
  if (event.target.matches("[data-tout]")) {
    all("input[data-ligne]", root).forEach((row) => { row.checked = event.target.checked; });
  }
  refreshBatch(root);
});

// 7. Forms that must not be left by mistake, and forms that save themselves.
const dirty = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form) return;
  if ("garde" in form.dataset) dirty.add(form);
  if ("brouillon" in form.dataset) scheduleDraft(form);
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  dirty.delete(event.target);
  clearTimeout(timers.get(event.target));
});

window.addEventListener("beforeunload", (event) => {
  if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
});

const timers = new WeakMap();
const DRAFT_DELAY = 2000;

function scheduleDraft(form) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => saveDraft(form), DRAFT_DELAY));
}

/** Sends the text fields of a form to its draft address. Files and passwords wait for the real submission. */
async function saveDraft(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && form.elements.namedItem(name)?.type !== "password") body.append(name, value);
  }
  const headers = { "X-CSRF-Token": own("csrf", form) ?? "", Accept: "application/json" };
  try {
    const answer = await fetch(form.dataset.brouillonUrl, { method: "POST", body, headers, credentials: "same-origin" });
    if (answer.status === 409 || answer.status === 412) {
      tellDraft(form, "Brouillon non enregistré\u202f: quelqu’un d’autre l’a changé. Enregistrez pour comparer les réponses.");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    keepVersion(form, answer.headers.get("ETag"));
    dirty.delete(form);
    tellDraft(form, `Brouillon enregistré à ${clock(new Date())}`);
  } catch {
    tellDraft(form, "Brouillon non enregistré\u202f: vos réponses restent sur cette page");
  }
}

/** The next save and the submission must name the version that this save made. */
function keepVersion(form, etag) {
  const field = form.elements.namedItem("version");
  const version = etag?.match(/^(?:W\/)?"(\d+)"$/)?.[1];
  if (field && version) field.value = version;
}

function tellDraft(form, text) {
  const place = form.querySelector("[data-brouillon-etat]");
  if (place) place.textContent = text;
  if (!place || !place.closest("[role=status]")) announce(text);
}

const paris = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The hour of Paris, as the pages write it; said to be so where the device shows another. */
const clock = (date) => {
  const parts = Object.fromEntries(paris.formatToParts(date).map((part) => [part.type, part.value]));
  const hour = `${Number(parts.hour)}\u202fh\u202f${parts.minute}`;
  return Number(parts.hour) === date.getHours() ? hour : `${hour}, heure de Paris`;
};

// 8. Copy buttons, file sizes checked before the way, characters left.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copie]");
  const source = button && document.getElementById(button.dataset.copie);
  if (!source || !navigator.clipboard) return;
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  announce("Copié");
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches?.("input[type=file][data-taille-max]")) return;
  const limit = Number(field.dataset.tailleMax);
  const heavy = [...field.files].find((file) => file.size > limit);
  // What a form sends is weighed as a whole: its other files stay chosen, this one waits for the next sending.
  const sent = [...(field.form?.elements ?? [field])].flatMap((one) => (one.type === "file" ? [...one.files] : []));
  const together = sent.reduce((sum, file) => sum + file.size, 0);
  const text = heavy ? `Le fichier «\u202f${heavy.name}\u202f» est trop lourd\u202f: ${field.dataset.tailleTexte} au plus`
    : together > limit ? `Les fichiers choisis sont trop lourds ensemble\u202f: ${field.dataset.tailleTexte} au plus par envoi. Déposez d’abord les autres.`
    : "";
  const place = document.getElementById(`${field.id}-taille`);
  if (place) place.textContent = text;
  if (text) field.value = "";
  announce(text);
});

function charactersLeft(field) {
  const place = document.getElementById(`${field.id}-reste`);
  if (!place) return;
  const left = field.maxLength - field.value.length;
  place.textContent = left === 1 ? "1 caractère restant" : `${left.toLocaleString("fr-FR")} caractères restants`;
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[maxlength]")) charactersLeft(event.target);
});

// 9. Forms marked data-keep="KEY": their answers wait on this device until the server has them, for a visit without
// network. A sending is named by its hour in the field data-keep-sent; the server gives this name back in data-kept
// once it has accepted it, and only then are the answers forgotten. They are also forgotten when they are discarded,
// when one signs out, and after some days. A sending without network does not leave the page: it shows what
// data-keep-offline holds, and is sent behind the page as soon as the network is back: data-keep-told then says so.
// Fields are inputs and textareas; files, passwords and hidden fields stay out.
const KEEP = "parchemin-reponses:";
const KEEP_FOR = 3 * 24 * 3600 * 1000;

/** What waits under a key. A browser that refuses to keep anything changes nothing else. */
function waiting(key) {
  try {
    return JSON.parse(localStorage.getItem(KEEP + key));
  } catch {
    return null;
  }
}

function wait(key, entry) {
  try {
    localStorage.setItem(KEEP + key, JSON.stringify(entry));
  } catch { /* full, or refused: the form works as without */ }
}

/** Forgets the entries that the test names; it is given what waits, nothing when that cannot be read. */
function forget(test) {
  try {
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(KEEP)).map((name) => name.slice(KEEP.length));
    keys.filter((key) => test(waiting(key), key)).forEach((key) => localStorage.removeItem(KEEP + key));
  } catch { /* refused: nothing was kept */ }
}

/** What the pages of the day of a jury kept (jury.js and its worker). */
function forgetJuries() {
  const ours = (name) => name.startsWith("parchemin-jury:");
  try {
    Object.keys(localStorage).filter(ours).forEach((key) => localStorage.removeItem(key));
  } catch { /* refused: nothing was kept */ }
  globalThis.caches?.keys().then((names) => names.filter(ours).forEach((name) => caches.delete(name)));
  navigator.serviceWorker?.getRegistrations().then((workers) => workers.forEach((one) => one.unregister()));
}

const KEPT_FIELDS = "textarea, input:not([type=hidden], [type=password], [type=file], [type=submit])";
const keptFields = (form) => [...form.elements].filter((field) => field.name && field.matches(KEPT_FIELDS));
const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const slot = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);

/** The answers of a form as they stand, or as the server sent them. */
function answers(form, fromServer = false) {
  const value = (field) => (fromServer ? field.defaultValue : field.value);
  const ticked = (field) => (fromServer ? field.defaultChecked : field.checked);
  return Object.fromEntries(keptFields(form).map((field) => [slot(field), isTicked(field) ? ticked(field) : value(field)]));
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "keep" in form.dataset) wait(form.dataset.keep, { at: Date.now(), answers: answers(form) });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[action='/deconnexion']")) {
    forget(() => true);
    forgetJuries();
  }
  if (event.defaultPrevented || !("keep" in form.dataset)) return;
  if (!navigator.onLine && keptOffline(form)) return event.preventDefault();
  unsent.delete(form);
  const sent = Date.now();
  const name = form.querySelector("[data-keep-sent]");
  if (name) name.value = String(sent);
  wait(form.dataset.keep, { at: sent, sent, answers: answers(form) });
});

/** Keeps the answers and the page instead of leaving for the error of the browser; false when nothing can be kept. */
function keptOffline(form) {
  const notice = form.querySelector("[data-keep-offline]");
  wait(form.dataset.keep, { at: Date.now(), answers: answers(form) });
  if (!notice || !waiting(form.dataset.keep)) return false;
  if ("garde" in form.dataset) dirty.add(form);
  notice.hidden = false;
  announce(notice.textContent.trim());
  unsent.add(form);
  return true;
}

// The forms that were sent without network. A device says badly when it is back: one also tries by oneself.
const unsent = new Set();
const RETRY = 15_000;
let sending = false;

/** Sends behind the page what waits for the network; what the server refuses is left to the button. */
async function sendKept() {
  if (sending || !navigator.onLine) return;
  sending = true;
  for (const form of [...unsent].filter((one) => one.isConnected)) {
    try {
      tellKept(form, await isAccepted(form));
      unsent.delete(form);
    } catch { /* still no network: tried again later */ }
  }
  sending = false;
}

/** Whether the server has the answers: its page then names this sending. */
async function isAccepted(form) {
  const sent = Date.now();
  const given = answers(form);
  wait(form.dataset.keep, { at: sent, sent, answers: given });
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const name = form.querySelector("[data-keep-sent]");
  if (name) body.set(name.name, String(sent));
  body.set("suite", "rester");
  const headers = { "X-CSRF-Token": own("csrf", form) ?? "" };
  const answer = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
  const accepted = answer.ok && (await answer.text()).includes(`data-kept="${sent}"`);
  if (accepted) {
    forget((entry) => entry?.sent === sent);
    if (JSON.stringify(answers(form)) === JSON.stringify(given)) dirty.delete(form);
  }
  return accepted;
}

function tellKept(form, accepted) {
  form.querySelector("[data-keep-offline]").hidden = true;
  const place = form.querySelector("[data-keep-told]");
  if (!place) return;
  place.classList.add("dit");
  place.textContent = accepted ? `Envoyé à ${clock(new Date())}` : "Le réseau est revenu\u202f: enregistrez de nouveau ces réponses";
}

window.addEventListener("online", sendKept);
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendKept(); });
setInterval(() => { if (unsent.size > 0) sendKept(); }, RETRY);

/** Shows the answers that wait, unless the server has them or has just answered them. */
function restore(form) {
  const entry = waiting(form.dataset.keep);
  if (!entry?.answers || document.getElementById("bilan")) return;
  const known = answers(form, true);
  if (Object.entries(known).every(([name, answer]) => (entry.answers[name] ?? answer) === answer)) {
    forget((_, key) => key === form.dataset.keep);
    return;
  }
  for (const field of keptFields(form)) {
    const answer = entry.answers[slot(field)];
    if (answer === undefined) continue;
    if (isTicked(field)) field.checked = answer;
    else field.value = answer;
    if (answer && !isTicked(field)) field.closest("details")?.setAttribute("open", "");
  }
  const notice = form.querySelector("[data-keep-found]");
  if (!notice) return;
  notice.hidden = false;
  announce(notice.querySelector("b")?.textContent);
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("button[data-keep-discard]")?.form;
  if (!form) return;
  forget((_, key) => key === form.dataset.keep);
  form.reset();
  dirty.delete(form);
  form.querySelector("[data-keep-found]").hidden = true;
  keptFields(form)[0]?.focus();
});

/** The answers that the server has, and those that waited too long. */
function forgetAccepted(root) {
  const accepted = all("[data-kept]", root).map((element) => Number(element.dataset.kept));
  forget((entry) => !entry || accepted.includes(entry.sent) || Date.now() - entry.at > KEEP_FOR);
}

// 10. A signature drawn by hand: a zone marked data-paraphe writes its strokes, as a path in a box of 220 by 80, in the
// field "drawing" of its form. Without a script the zone stays hidden, and a code signs.
const drawings = new WeakMap();
const MOST_POINTS = 800;

const zoneOf = (event) => event.target.closest?.("[data-paraphe]");

function inBox(zone, event) {
  const toBox = zone.querySelector("svg").getScreenCTM().inverse();
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(toBox);
  const kept = (value, most) => Math.min(Math.max(value, 0), most).toFixed(1);
  return `${kept(at.x, 220)} ${kept(at.y, 80)}`;
}

function showDrawing(zone) {
  const strokes = drawings.get(zone) ?? [];
  const path = strokes.filter((stroke) => stroke.length > 1).map((stroke) => `M${stroke.join("L")}`).join("");
  zone.querySelector("path").setAttribute("d", path);
  zone.querySelector("span").hidden = path !== "";
  const field = zone.closest("form")?.elements.namedItem("drawing");
  if (field) field.value = path;
}

document.addEventListener("pointerdown", (event) => {
  const zone = zoneOf(event);
  if (!zone || !event.isPrimary) return;
  event.preventDefault();
  zone.setPointerCapture(event.pointerId);
  drawings.set(zone, [...(drawings.get(zone) ?? []), [inBox(zone, event)]]);
});

document.addEventListener("pointermove", (event) => {
  const zone = zoneOf(event);
  const strokes = zone && drawings.get(zone);
  if (!strokes?.length || !zone.hasPointerCapture(event.pointerId)) return;
  const stroke = strokes.at(-1);
  const point = inBox(zone, event);
  if (stroke.at(-1) === point || strokes.flat().length >= MOST_POINTS) return;
  stroke.push(point);
  showDrawing(zone);
});

document.addEventListener("click", (event) => {
  const zone = event.target.closest("button[data-paraphe-efface]")?.form?.querySelector("[data-paraphe]");
  if (!zone) return;
  drawings.delete(zone);
  showDrawing(zone);
});

/** What a new piece of page needs once: controls that are useless without a script, counts. */
function ready(root) {
  all("[data-avec-script]", root).forEach((element) => { element.hidden = false; });
  all("[data-selection]", root).forEach(refreshBatch);
  all("textarea[maxlength]", root).forEach(charactersLeft);
  forgetAccepted(root);
  all("form[data-keep]", root).forEach(restore);
}

/** A page of the visit opened at a heading is read from there. */
function focusPlace() {
  const place = location.hash && document.querySelector(".tactile")?.querySelector(`h2[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (!place) return;
  place.tabIndex = -1;
  place.focus();
}

ready(document);
focusPlace();
focusSummary();
