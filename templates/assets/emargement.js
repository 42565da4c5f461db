// Signing where the network comes and goes. A form of a half-day is sent by this script; without network, what it says
// waits on the telephone and leaves by itself as soon as the network is back. Each sending has a key, so that it counts once
// however often it is sent, and the hour at which it was given. What the server has is erased from the telephone. Without
// this script the form works alone.
"use strict";

(() => {
  const STORE = "parchemin-emargement";
  const RETRY = 15000;
  /** A sending without answer is given up, and tried again. */
  const PATIENCE = 10000;
  /** The server takes nothing older. */
  const OLDEST = 48 * 3600 * 1000;
  const label = document.querySelector("[data-emargement-reseau]");
  let sending = false;

  let memory = [];
  function waiting() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE)) ?? [];
      return kept.filter((one) => Date.now() - one.heure < OLDEST);
    } catch {
      return memory;
    }
  }

  function keep(all) {
    memory = all;
    try {
      if (all.length) localStorage.setItem(STORE, JSON.stringify(all));
      else localStorage.removeItem(STORE);
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

  function say(text) {
    if (!label) return;
    label.textContent = text;
    label.hidden = !text;
  }

  /** Sends what a form says. Throws without network; « fait », « refus » or « attente » otherwise. */
  async function post(one) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      if (one.csrf) headers["x-csrf-token"] = one.csrf;
      const answer = await fetch(one.adresse, { method: "POST", body: one.corps, headers, redirect: "manual", signal: stop.signal });
      if (answer.type === "opaqueredirect" || answer.ok) return "fait";
      return answer.status === 429 || answer.status >= 500 ? "attente" : "refus";
    } finally {
      clearTimeout(timer);
    }
  }

  const number = (count) => (count === 1 ? "1 envoi attend" : `${count} envois attendent`);

  /** Sends what waits, the oldest first. */
  async function flush() {
    if (sending || !waiting().length) return;
    sending = true;
    try {
      for (const one of waiting()) {
        const became = await post(one);
        if (became === "attente") break;
        keep(waiting().filter((other) => other.id !== one.id));
        say(became === "fait"
          ? "Votre signature gardée sur ce téléphone est partie."
          : "Une signature gardée sur ce téléphone n’a pas été acceptée\u202f: dites-le à la formatrice ou au formateur.");
      }
    } catch { /* still no network */ } finally {
      sending = false;
    }
  }

  for (const form of document.querySelectorAll("form[data-emargement]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (button) button.disabled = true;
      for (const [name, value] of [["key", key()], ["at", String(Date.now())]]) {
        const field = form.elements.namedItem(name) ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
        field.value = value;
      }
      const typed = new URLSearchParams(new FormData(form));
      const one = { id: typed.get("key"), adresse: form.action, corps: typed.toString(), csrf: typed.get("csrf"), heure: Date.now() };
      try {
        const became = await post(one);
        // What is refused comes back as the page of the server, with its words: it is sent again, under the same key.
        if (became === "fait") location.reload();
        else HTMLFormElement.prototype.submit.call(form);
      } catch {
        keep([...waiting(), one]);
        say(`Pas de réseau\u202f: c’est gardé sur ce téléphone, et partira dès que le réseau revient (${number(waiting().length)}). Laissez cette page ouverte.`);
        if (button) button.disabled = false;
      }
    });
  }

  /** The worker keeps the page of a trainee, so that it opens again without network. */
  async function watch(body) {
    const scope = body.dataset.emargementPage;
    await navigator.serviceWorker.register(body.dataset.emargementVeille, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const shown = [...document.querySelectorAll("link[href], script[src]")].map((element) => element.href || element.src);
    active.postMessage({ files: [...shown, ...performance.getEntriesByType("resource").map((entry) => entry.name)] });
  }

  const own = document.querySelector("[data-emargement-veille]");
  if (own && navigator.serviceWorker) watch(own).catch(() => { /* refused: this page works as before, until it is left */ });

  addEventListener("online", flush);
  setInterval(flush, RETRY);
  flush();
})();
