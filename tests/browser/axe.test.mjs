// Each page: no serious fault of accessibility, no violation of the content security policy, sound markup, nothing
// wider than its window. Main pages at two widths in both themes; the others wide and light, then narrow and dark.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ALL_PAGES, PAGES, nameOf } from "./pages.mjs";
import { WIDTHS, axe, launch, markupFaults, overflow, startDemo, visitor } from "./support.mjs";

const ALL = [[1440, "light"], [390, "dark"], [1440, "dark"], [390, "light"]];

// What is served at an address and is no page to look at, and why.
const NO_PAGES = {
  "/": "leads to the home page or to the public one",
  "/devenir-agree/demande": "leads to the form",
  "/acces/:number": "needs a request for an account; tests/it/access",
  "/journal/verification": "leads back to the journal",
  "/journal/export": "leads back to the journal",
  "/statistiques/activite.csv": "a file",
  "/ma-fiche": "leads to the file of the expert; an account without one: tests/it/experts/pages.rs",
  "/documents/:id": "a file",
  "/intervenants/:number/pieces/:piece/fichier": "a file",
  "/intervenants/:number/habilitations/:habilitation/documents/:id": "a file",
  "/reunions/:number/documents/:document": "a file",
  "/missions/:number/documents/:id": "a file",
  "/agenda/:file": "a calendar",
  "/courriels/:id/html": "a mail, as its recipient sees it",
  "/parametres/modeles/:name/html": "a mail, as its recipient sees it",
  "/parametres/modeles/:name/exemple": "a file",
  "/connexion/second-facteur": "asked between two steps of a sign-in; tests/it/accounts/second_factor.rs",
  "/agrements/:reference/brouillon/pieces/retirer": "a question about one piece; tests/it/agreements/remove_piece.rs",
  "/parametres/utilisateurs/:id/second-facteur": "a question, where there is a second factor; tests/it/accounts/administration.rs",
  "/.well-known/did.json": "a file",
  "/badges/etats/:list": "a file",
  "/candidats/:number/documents/:document": "a file",
  "/certificats/:number/fichiers/:id": "a file",
  "/certificats/jurys/:session/archive": "a file",
  "/jurys.ics": "a calendar",
  "/jurys/:number/documents/:id": "a file",
  "/jurys/:number/passages/:turn/pieces/:piece": "a file",
  "/jurys/:number/pv/documents/:id": "a file",
  "/jurys/planning.csv": "a file",
  "/mes-certificats/:token/contenu": "a file",
  "/mes-certificats/:token/fichier": "a file",
  "/intervenants/export.csv": "a file",
  "/intervenants/reseau.csv": "a file",
  "/missions/export.csv": "a file",
  "/statistiques/jurys.csv": "a file",
  "/verifier/:number/preuve": "a file",
  "/verifier/:number/signature": "a file",
  "/compte/securite/second-facteur/retrait": "needs an active second factor; tests/it/accounts/second_factor.rs",
};

let browser;
let demo;
let visit;
const visited = new Set();

before(async () => {
  demo = await startDemo();
  browser = await launch();
  visit = visitor(browser, demo.url);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const entry of PAGES) {
  test(`${nameOf(entry)}: accessible, sound, and never wider than its window`, async (t) => {
    const { page, trouble, close } = await visit(entry, { width: 1440, theme: "light" });
    visited.add(new URL(page.url()).pathname);
    const looks = entry.main ? ALL : ALL.slice(0, 2);
    for (const [width, theme] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme });
      const { failing, listed } = await axe(page);
      if (listed.length > 0) t.diagnostic(listed.join("\n"));
      assert.deepEqual(failing, [], `at ${width} px, ${theme}`);
    }
    for (const width of [...WIDTHS, entry.width ?? 1024]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok((await overflow(page)) <= 0, `at ${width} px: ${await overflow(page)} px too wide`);
    }
    assert.deepEqual([...(await markupFaults(page)), ...trouble], []);
    await close();
  });
}

/** The addresses that answer GET, read in the sources. */
function routes() {
  const files = readdirSync("src/features", { recursive: true }).filter((file) => /\/web(\.rs|\/mod\.rs)$/.test(file));
  const sources = files.map((file) => readFileSync(join("src/features", file), "utf8")).join("\n");
  return [...sources.matchAll(/\.at\(\s*"([^"]+)",\s*(?:poem::)?(?:get\(|post\([^)]*\)\.get\()/g)].map((match) => match[1]);
}

if (ALL_PAGES) test("every page that is served is in the list", () => {
  const all = routes();
  assert.ok(all.length > 40, "the routes are read");
  const forgotten = all.filter((route) => {
    const shape = new RegExp(`^${route.replaceAll(".", "\\.").replaceAll(/:[a-z_]+/g, "[^/]+")}$`);
    return !(route in NO_PAGES) && ![...visited].some((path) => shape.test(path));
  });
  assert.deepEqual(forgotten, []);
});
