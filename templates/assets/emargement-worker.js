// Keeps the page of one trainee, with the files it shows, for a telephone that loses its network: emargement.js registers it
// for that page alone. The network answers first, what was kept when it does not. It keeps nothing else, nothing longer
// than a day, and forgets when the link works no more. The list of a room, which names others, is never kept.
"use strict";

const PREFIX = "parchemin-stagiaire:";
const [, , VERSION] = self.location.pathname.split("/");
const SCOPE = new URL(self.registration.scope).pathname;
const CACHE = `${PREFIX}${SCOPE}:${VERSION}`;
const DAY = 24 * 3600 * 1000;
/** How long a page that is kept waits for the network, in milliseconds. */
const PATIENCE = 5000;

const isPage = (url) => url.pathname === SCOPE;
const isFile = (url) => url.pathname.startsWith("/assets/");

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${SCOPE}:`) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

/** What the page asks to keep: itself, and files of the program. */
self.addEventListener("message", (event) => {
  const urls = (event.data?.files ?? []).map((address) => new URL(address, self.location.href));
  const files = urls.filter((url) => url.origin === self.location.origin && isFile(url)).map((url) => url.pathname);
  event.waitUntil(Promise.allSettled([ask(), ...new Set(files)].map((one) => (typeof one === "string" ? keepFile(one) : one))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(url)) event.respondWith(page(event));
  else if (isFile(url)) event.respondWith(file(event.request));
});

const late = () => new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), PATIENCE); });

async function page(event) {
  const kept = await known();
  const asked = fetch(event.request);
  try {
    const answer = await (kept ? Promise.race([asked, late()]) : asked);
    event.waitUntil(learn(answer.clone()));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** The page that was kept, unless it is old: then it is forgotten. */
async function known() {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(SCOPE, { ignoreVary: true });
  if (!kept) return undefined;
  if (Date.now() - Date.parse(kept.headers.get("date") ?? "") < DAY) return kept;
  await cache.delete(SCOPE, { ignoreVary: true });
  return undefined;
}

/** Keeps the page; a link that works no more leaves nothing. */
async function learn(answer) {
  if ([401, 403, 404, 410].includes(answer.status)) await caches.delete(CACHE);
  else if (answer.ok && !answer.redirected) await (await caches.open(CACHE)).put(SCOPE, answer);
}

async function ask() {
  await learn(await fetch(SCOPE, { credentials: "same-origin", redirect: "manual" }));
}

async function keepFile(path) {
  const cache = await caches.open(CACHE);
  if (await cache.match(path, { ignoreVary: true })) return;
  const answer = await fetch(path);
  if (answer.ok) await cache.put(path, answer);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(request.url).pathname, { ignoreVary: true })) ?? fetch(request);
}
