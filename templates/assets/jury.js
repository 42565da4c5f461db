// The day of a jury on a tablet. Every change waits on the tablet until the server has it, so that nothing is lost
// without network; the form of the page works alone without this. A change is
// {id, candidat, champ, valeur, heure, vue}: its key counts it once however often it is sent, and the version that the
// person saw keeps it from going over what another device wrote. What the server has is erased from the tablet.
"use strict";

(() => {
  const PREFIX = "parchemin-jury:";
  const DEVICE = "parchemin-appareil";
  const RETRY = 15000;
  const form = document.querySelector("form[data-jury]");

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[action='/deconnexion']")) return;
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
    } catch { /* refused: nothing was kept */ }
  });
  if (!form) return;
  // The tablet keeps what is typed: leaving the page loses nothing.
  delete form.dataset.garde;

  const store = PREFIX + form.dataset.jury;
  const passage = form.dataset.juryPassage;
  const label = document.querySelector("[data-jury-reseau]");
  const state = form.querySelector("[data-jury-etat]");
  const conflicts = form.querySelector("[data-jury-conflits]");
  let sending = null;

  /** What waits on this tablet, the oldest first. A browser that keeps nothing sends at once, or not at all. */
  let memory = [];
  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(store)) ?? [];
    } catch {
      return memory;
    }
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
    keep([...others, { id: key(), candidat: passage, champ: name, valeur: text, heure: Date.now(), vue: seen }]);
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
    const away = number > 0 && !sending;
    if (label) {
      label.hidden = !away;
      label.querySelector("span").textContent = `Hors ligne\u202f: ${count(number)} sur la tablette`;
    }
    if (!state) return;
    if (text) state.textContent = text;
    else if (sending) state.textContent = "Envoi en cours";
    else if (away) state.textContent = `Hors ligne\u202f: ${count(number)} sur la tablette`;
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
    const body = new URLSearchParams({ envoi: JSON.stringify({ appareil: device(), saisies: changes.slice(0, 200) }) });
    const headers = { "X-CSRF-Token": form.elements.namedItem("csrf").value, Accept: "application/json" };
    let answered;
    try {
      const answer = await fetch(form.dataset.juryEnvoi, { method: "POST", body, headers, credentials: "same-origin" });
      if (!answer.ok) return;
      answered = (await answer.json()).saisies;
    } catch {
      return;
    }
    const done = new Map(answered.map((one) => [one.id, one]));
    keep(waiting().filter((one) => !done.has(one.id)));
    const told = changes.filter((one) => done.has(one.id)).map((one) => ({ ...one, ...done.get(one.id), saisie: one.valeur }));
    told.filter((one) => one.candidat === passage).forEach(settle);
    const refused = told.find((one) => one.issue === "refused");
    say(refused ? refused.message : `Enregistré à ${hour()}`);
    if (told.some((one) => one.issue === "applied")) await refresh();
  }

  /** The form then names the version that the server has; a conflict shows both values. */
  function settle(one) {
    if (version && one.version) version.value = String(Math.max(one.version, Number(version.value)));
    if (one.issue === "conflict") choose(one);
  }

  function choose(one) {
    if (!conflicts) return;
    const line = document.createElement("li");
    const title = named(one.champ)[0]?.closest("fieldset, .champ")?.querySelector("legend, label")?.textContent.trim();
    line.append(`${title ?? one.champ}\u202f: `);
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "bouton bouton--second bouton--petit", textContent: text });
      made.addEventListener("click", () => {
        line.remove();
        conflicts.hidden = !conflicts.querySelector("li");
        act();
      });
      return made;
    };
    line.append(
      button(`Garder «\u202f${one.valeur || "rien"}\u202f», enregistré`, () => show(one.champ, one.valeur)),
      " ",
      button(`Garder «\u202f${one.saisie || "rien"}\u202f», saisi ici`, () => {
        show(one.champ, one.saisie);
        add(one.champ, one.saisie, one.version);
        send();
      }),
    );
    conflicts.querySelector("ul").append(line);
    conflicts.hidden = false;
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
