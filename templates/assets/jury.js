// The day of a jury on a tablet. Every change waits on the tablet until the server has it, so that nothing is lost
// without network; the form of the page works alone without this. A change is
// {id, candidat, champ, valeur, heure, vue}: its key counts it once however often it is sent, and the version that the
// person saw keeps it from going over what another device wrote. What the server has is erased from the tablet. A worker
// (jury-worker.js) keeps the pages themselves, so that one may open them again without network.
"use strict";

(() => {
  const PREFIX = "parchemin-jury:";
  const DEVICE = "parchemin-appareil";
  const RETRY = 15000;
  /** A sending without answer is given up, and tried again. */
  const PATIENCE = 10000;
  const form = document.querySelector("form[data-jury]");
  const over = document.querySelector("[data-jury-fini]")?.dataset.juryFini;
  const scopeOf = (number) => `/jurys/${number}/passages/`;

  /** Nothing can be typed any more: neither pages nor what waited stay on the tablet. */
  async function forget(number) {
    try {
      Object.keys(localStorage).filter((key) => key === PREFIX + number || key.startsWith(`${PREFIX}${number}:`))
        .forEach((key) => localStorage.removeItem(key));
    } catch { /* refused: nothing was kept */ }
    const kept = (await globalThis.caches?.keys()) ?? [];
    await Promise.all(kept.filter((name) => name.startsWith(`${PREFIX}${scopeOf(number)}:`)).map((name) => caches.delete(name)));
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.filter((one) => new URL(one.scope).pathname === scopeOf(number)).map((one) => one.unregister()));
  }

  if (over) forget(over).catch(() => {});
  if (!form) return;
  // The tablet keeps what is typed: leaving the page loses nothing.
  delete form.dataset.garde;

  const store = PREFIX + form.dataset.jury;
  const aside = `${store}:a-voir`;
  const passage = form.dataset.juryPassage;
  const label = document.querySelector("[data-jury-reseau]");
  const state = form.querySelector("[data-jury-etat]");
  const conflicts = form.querySelector("[data-jury-conflits]");
  let sending = null;
  // Beside the bell, where it stays in sight.
  if (label) document.querySelector(".bandeau__outils")?.prepend(label);

  /** What waits on this tablet, the oldest first. A browser that keeps nothing sends at once, or not at all. */
  let memory = [];
  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(store)) ?? [];
    } catch {
      return memory;
    }
  }

  /** What the server did not take, until somebody has seen it: it may be about a candidate of another page. */
  let unseen = [];
  function unsettled() {
    try {
      return JSON.parse(localStorage.getItem(aside)) ?? [];
    } catch {
      return unseen;
    }
  }

  function setAside(changes) {
    unseen = changes;
    try {
      if (changes.length) localStorage.setItem(aside, JSON.stringify(changes));
      else localStorage.removeItem(aside);
    } catch { /* full, or refused */ }
  }

  function keep(changes) {
    memory = changes;
    try {
      if (changes.length) localStorage.setItem(store, JSON.stringify(changes));
      else localStorage.removeItem(store);
    } catch { /* full, or refused */ }
  }

  function key() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  let own = null;
  function device() {
    try {
      own = localStorage.getItem(DEVICE) ?? key();
      localStorage.setItem(DEVICE, own);
    } catch {
      own = own ?? key();
    }
    return own;
  }

  const version = form.elements.namedItem("version");
  const inputs = () => [...form.elements].filter((field) => field.name && field.matches("input:not([type=hidden]), textarea"));
  const named = (name) => inputs().filter((field) => field.name === name);

  /** What a field says: the answer that is ticked, « oui » or nothing for a box. */
  function value(name) {
    const fields = named(name);
    const [first] = fields;
    if (!first) return "";
    if (first.type === "radio") return fields.find((field) => field.checked)?.value ?? "";
    if (first.type === "checkbox") return first.checked ? first.value : "";
    return first.value;
  }

  function show(name, text) {
    for (const field of named(name)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === text;
      else field.value = text;
    }
  }

  /** Only the last value of a field waits: nobody needs those between. */
  function add(name, text = value(name), seen = Number(version?.value ?? 0)) {
    const others = waiting().filter((one) => one.candidat !== passage || one.champ !== name);
    keep([...others, { id: key(), candidat: passage, champ: name, valeur: text, heure: Date.now(), vue: seen, ou: form.dataset.juryPage }]);
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.form !== form || !field.name || !inputs().includes(field)) return;
    add(field.name);
    // An observation typed before its result was refused: it goes again with the result.
    if (field.type === "radio") {
      for (const text of field.closest("fieldset")?.querySelectorAll("textarea") ?? []) {
        if (text.value.trim()) add(text.name);
      }
    }
    say();
    send();
  });

  const count = (number) => (number === 1 ? "1 saisie gardée" : `${number} saisies gardées`);
  const hour = () => {
    const now = new Date();
    return `${now.getHours()}\u202fh\u202f${String(now.getMinutes()).padStart(2, "0")}`;
  };

  /** Where the data is, always. */
  function say(text) {
    const number = waiting().length;
    const away = !sending && (number > 0 || !navigator.onLine);
    const told = number > 0 ? `Hors ligne\u202f: ${count(number)} sur la tablette` : "Hors ligne";
    if (label) {
      label.hidden = !away;
      label.querySelector("span").textContent = told;
    }
    if (!state) return;
    if (text) state.textContent = text;
    else if (sending) state.textContent = "Envoi en cours";
    else if (away) state.textContent = told;
  }

  /** Sends what waits; one sending at a time. */
  function send() {
    sending ??= post().finally(() => { sending = null; say(); });
    say();
    return sending;
  }

  async function post() {
    const changes = waiting();
    if (!changes.length || !navigator.onLine) return;
    const saisies = changes.slice(0, 200).map(({ ou: _where, ...change }) => change);
    const body = new URLSearchParams({ envoi: JSON.stringify({ appareil: device(), saisies }) });
    const headers = { "X-CSRF-Token": form.elements.namedItem("csrf").value, Accept: "application/json" };
    let answered;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(form.dataset.juryEnvoi, { method: "POST", body, headers, credentials: "same-origin", signal });
      if (!answer.ok) return;
      answered = (await answer.json()).saisies;
    } catch {
      return;
    }
    const done = new Map(answered.map((one) => [one.id, one]));
    keep(waiting().filter((one) => !done.has(one.id)));
    const told = changes.filter((one) => done.has(one.id)).map((one) => ({ ...one, ...done.get(one.id), saisie: one.valeur }));
    told.filter((one) => one.candidat === passage).forEach(settle);
    setAside([...unsettled(), ...told.filter((one) => one.issue !== "applied")]);
    review();
    const refused = told.find((one) => one.issue === "refused");
    say(refused ? refused.message : `Enregistré à ${hour()}`);
    if (told.some((one) => one.issue === "applied")) await refresh();
  }

  /** The form then names the version that the server has. */
  function settle(one) {
    if (version && one.version) version.value = String(Math.max(one.version, Number(version.value)));
  }

  /** Shows what the server did not take: both values of a conflict, why something was refused, and where. */
  function review() {
    if (!conflicts) return;
    const all = unsettled();
    conflicts.hidden = !all.length;
    conflicts.querySelector("ul").replaceChildren(...all.map((one) => (one.candidat === passage ? here(one) : elsewhere(one))));
  }

  const seen = (one) => {
    setAside(unsettled().filter((other) => other.id !== one.id));
    review();
  };

  function button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "bouton bouton--second bouton--petit", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  const quoted = (text) => (text ? `«\u202f${text}\u202f»` : "rien");

  function here(one) {
    const line = document.createElement("li");
    const title = named(one.champ)[0]?.closest("fieldset, .champ")?.querySelector("legend, label")?.textContent.trim();
    line.append(`${title ?? one.champ}\u202f: `);
    if (one.issue !== "conflict") {
      line.append(`${quoted(one.saisie)} n’est pas enregistré. ${one.message ?? ""} `, button("Compris", () => seen(one)));
      return line;
    }
    line.append(
      button(`Garder ${quoted(one.valeur)}, enregistré`, () => {
        show(one.champ, one.valeur);
        seen(one);
      }),
      " ",
      button(`Garder ${quoted(one.saisie)}, saisi ici`, () => {
        show(one.champ, one.saisie);
        add(one.champ, one.saisie, one.version);
        seen(one);
        send();
      }),
    );
    return line;
  }

  function elsewhere(one) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: one.ou, textContent: "Ouvrir son passage" });
    line.append(`Pour une autre personne\u202f: ${one.issue === "conflict" ? "une valeur est à choisir." : one.message || "une saisie n’est pas enregistrée."} `, link);
    return line;
  }

  /** What the rules propose now. */
  async function refresh() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [here, there] = [document, page].map((root) => root.querySelector(".issue"));
      if (here && there) here.replaceWith(document.importNode(there, true));
    } catch { /* the next page says it */ }
  }

  /** What waits is shown again, then sent. */
  for (const one of waiting().filter((change) => change.candidat === passage)) show(one.champ, one.valeur);
  review();

  /** The worker keeps this page and the other passages, with their files. */
  async function watch() {
    const scope = scopeOf(form.dataset.jury);
    await navigator.serviceWorker.register(form.dataset.juryVeille, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const shown = [...document.querySelectorAll("link[href], script[src]")].map((element) => element.href || element.src);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    const turns = [...document.querySelectorAll("a.passage")].map((link) => link.href);
    active.postMessage({ pages: [form.dataset.juryPage, ...turns], files: [...shown, ...loaded] });
  }

  if (form.dataset.juryVeille && navigator.serviceWorker) {
    watch().catch(() => { /* refused, or without network: this page works as before, until it is left */ });
  }

  // Who signs out leaves nothing on the tablet: what waits goes first, or one stays signed in until it can.
  document.addEventListener("submit", async (event) => {
    const leaving = event.target;
    if (!leaving.matches("form[action='/deconnexion']") || !waiting().length) return;
    event.preventDefault();
    event.stopPropagation();
    await send();
    if (waiting().length) say(`${count(waiting().length)} sur la tablette\u202f: attendez le réseau pour vous déconnecter`);
    else leaving.requestSubmit(event.submitter);
  }, { capture: true });

  form.addEventListener("submit", async (event) => {
    if (!waiting().length && navigator.onLine) return;
    event.preventDefault();
    await send();
    if (!waiting().length && navigator.onLine) form.requestSubmit(event.submitter);
    else say();
  });

  window.addEventListener("online", send);
  window.addEventListener("offline", () => say());
  setInterval(() => { if (waiting().length) send(); }, RETRY);
  if (waiting().length) send();
})();
