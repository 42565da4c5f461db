// Keeps the pages of the day of one jury, with the files they show, for a tablet that loses its network: jury.js
// registers it for the passages of that jury alone. The network answers first, what was kept when it does not. It keeps
// nothing else, nothing longer than a day, and forgets when who looks is signed out, has no right any more, or when
// nothing may be typed any more. Its name says which version of the files it serves.
"use strict";

const PREFIX = "parchemin-jury:";
const [, , VERSION] = self.location.pathname.split("/");
const SCOPE = new URL(self.registration.scope).pathname;
const CACHE = `${PREFIX}${SCOPE}:${VERSION}`;
const DAY = 24 * 3600 * 1000;
/** How long a page that is kept waits for the network, in milliseconds. */
const PATIENCE = 5000;
/** What only a page that may be typed in has. */
const TYPED = "data-jury-envoi=";

const isPage = (url) => url.pathname.startsWith(SCOPE) && /^\d+$/.test(url.pathname.slice(SCOPE.length));
const isFile = (url) => url.pathname.startsWith("/assets/");

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${SCOPE}:`) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

/** What a page asks to keep: pages of this jury, and files of the program. */
self.addEventListener("message", (event) => {
  const { pages = [], files = [] } = event.data ?? {};
  event.waitUntil(Promise.allSettled([...own(pages, isPage).map(ask), ...own(files, isFile).map(keepFile)]));
});

/** Addresses of this server that pass a test, as paths. */
function own(addresses, test) {
  const urls = addresses.map((address) => new URL(address, self.location.href));
  return [...new Set(urls.filter((url) => url.origin === self.location.origin && test(url)).map((url) => url.pathname))];
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(url)) event.respondWith(page(event, url.pathname));
  else if (isFile(url)) event.respondWith(file(event.request));
});

async function page(event, path) {
  const kept = await known(path);
  const asked = fetch(event.request);
  try {
    const answer = await (kept ? Promise.race([asked, late()]) : asked);
    event.waitUntil(learn(path, answer.clone()));
    return answer;
  } catch {
    return kept ?? absent();
  }
}

const late = () => new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), PATIENCE); });

/** The page that was kept, unless it is old: then it is forgotten. */
async function known(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path, { ignoreVary: true });
  if (!kept) return undefined;
  if (Date.now() - Date.parse(kept.headers.get("date") ?? "") < DAY) return kept;
  await cache.delete(path, { ignoreVary: true });
  return undefined;
}

/** Keeps a page in which one may type; who is signed out, or has no right any more, leaves nothing. */
async function learn(path, answer) {
  if (answer.type === "opaqueredirect" || answer.redirected || [401, 403, 404].includes(answer.status)) {
    await caches.delete(CACHE);
    return;
  }
  if (!answer.ok) return;
  const cache = await caches.open(CACHE);
  const text = await answer.clone().text();
  if (text.includes(TYPED)) await cache.put(path, answer);
  else await cache.delete(path, { ignoreVary: true });
}

async function ask(path) {
  await learn(path, await fetch(path, { credentials: "same-origin", redirect: "manual" }));
}

async function keepFile(path) {
  const cache = await caches.open(CACHE);
  if (await cache.match(path, { ignoreVary: true })) return;
  const answer = await fetch(path);
  if (answer.ok) await cache.put(path, answer);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  const path = new URL(request.url).pathname;
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

/** Said instead of a page that was not kept. */
async function absent() {
  const cache = await caches.open(CACHE);
  const paths = (await cache.keys()).map((request) => new URL(request.url)).filter(isPage).map((url) => url.pathname);
  const lines = paths.sort().map((path) => `<li><a href="${path}">Passage ${path.slice(SCOPE.length)}</a></li>`).join("");
  const body = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hors ligne | Parchemin</title><link rel="stylesheet" href="/assets/${VERSION}/parchemin.css"></head>
<body class="public"><main class="cadre page page--sans" id="contenu"><div class="corps"><h1>Hors ligne</h1>
<p class="chapo">Cette page n’est pas gardée sur la tablette. Ce qui est saisi attend le réseau, rien n’est perdu.</p>
${lines ? `<p>Vous pouvez continuer ici\u202f:</p><ul>${lines}</ul>` : ""}</div></main></body></html>`;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'",
  };
  return new Response(body, { status: 503, headers });
}
