// What every browser test needs: a Chromium, a running program, people signed in, and the checks.
//
// Environment: PARCHEMIN_BIN (the program; default target/debug/parchemin), PARCHEMIN_URL (a server that already
// runs, instead of starting one), CHROMIUM (the browser; default the first found in the path).
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { go } from "./pages.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const WIDTHS = [320, 390, 834, 1440];
const HEIGHT = 900;
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--lang=fr",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const ways = "command -v chromium || command -v chromium-browser || command -v google-chrome";
  return execFileSync("sh", ["-c", ways], { encoding: "utf8" }).trim();
}

export const launch = () =>
  chromium.launch({ executablePath: chromiumPath(), headless: true, args: FLAGS, env: { ...process.env, LANGUAGE: "fr" } });

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The program under test. */
export const program = () => process.env.PARCHEMIN_BIN ?? "target/debug/parchemin";

/** The environment of a program; it refuses variables that it does not know. */
export function environment(more = {}) {
  const { PARCHEMIN_BIN: _program, PARCHEMIN_URL: _url, ...env } = process.env;
  return { ...env, ...more };
}

/** A demonstration on its own port and fresh data, behind a wire when one is given; `stop` ends it. */
export async function startDemo(wire) {
  if (process.env.PARCHEMIN_URL && !wire) return { url: process.env.PARCHEMIN_URL, stop: async () => {} };
  return startProgram(["demo"], {}, wire);
}

/** The program, serving on its own port when it is ready; `stop` ends it and gives its exit code. */
export async function startProgram(args, env = {}, wire = undefined) {
  const listen = `127.0.0.1:${await freePort()}`;
  const url = wire ? await wire.to(listen) : `http://${listen}`;
  const all = [...args, "--listen", listen];
  const child = spawn(program(), all, { env: environment({ ...env, PARCHEMIN_PUBLIC_URL: url }), stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk) => { log = (log + chunk).slice(-8000); });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const failed = new Promise((_, reject) => child.once("error", reject));
  const stop = async () => { child.kill("SIGTERM"); await wire?.stop(); return ended; };
  await Promise.race([ready(url, () => child.exitCode !== null, () => log), failed]);
  return { url, stop, log: () => log };
}

async function ready(url, dead, log) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    if (dead()) throw new Error(`the program stopped:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`the program is not ready after a minute:\n${log()}`);
}

/** Presses the button of a role on /demo: admin, manager, officer, expert, structure, trainee, auditor. */
export async function signIn(page, url, role) {
  await page.goto(`${url}/demo`);
  await page.locator(`form:has(input[name="role"][value="${role}"]) button`).click();
  await page.waitForLoadState();
}

/**
 * A page in a fresh profile. `trouble` gathers what the console says about the content security policy,
 * errors of scripts, and files that did not come.
 */
export async function openPage(browser, { width = 1440, theme = "light", script = true, storageState } = {}) {
  const context = await browser.newContext({
    locale: "fr-FR", timezoneId: "Europe/Paris", colorScheme: theme, javaScriptEnabled: script,
    viewport: { width, height: HEIGHT }, storageState,
  });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("response", (response) => {
    if (response.url().includes("/assets/") && response.status() >= 400) trouble.push(`${response.status()} ${response.url()}`);
  });
  return { page, trouble, close: () => context.close() };
}

/**
 * Opens the entries of pages.mjs, each role signed in once. `fresh` signs in for this page alone, when it signs out.
 */
export function visitor(browser, url) {
  const states = new Map();
  const signedIn = async (role) => {
    const { page, close } = await openPage(browser);
    await signIn(page, url, role);
    const state = await page.context().storageState();
    await close();
    return state;
  };
  return async (entry, { fresh = false, ...options } = {}) => {
    const { role } = entry;
    if (role && !states.has(role)) states.set(role, await signedIn(role));
    const storageState = role && (fresh ? await signedIn(role) : states.get(role));
    const opened = await openPage(browser, { ...options, storageState });
    const answer = await go(opened.page, url, entry);
    assert.equal(answer.status(), entry.status ?? 200, `${opened.page.url()} answered ${answer.status()}`);
    return opened;
  };
}

/** Runs axe. Gives the violations that fail ("serious", "critical") and those that are only listed. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), AXE_TAGS);
  const line = (v) => `${v.impact} ${v.id}: ${v.nodes.map((node) => node.target.join(" ")).slice(0, 4).join(" | ")}`;
  const bad = (v) => v.impact === "serious" || v.impact === "critical";
  return { failing: violations.filter(bad).map(line), listed: violations.filter((v) => !bad(v)).map(line) };
}

/** How many pixels the page is wider than its window; regions that scroll by themselves do not count. */
export const overflow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Faults of markup that a person can meet: ids twice, labels that lead nowhere, inline style or script. */
export const markupFaults = (page) => page.evaluate(() => {
  const faults = [];
  const every = (selector) => [...document.querySelectorAll(selector)];
  const seen = new Set();
  for (const { id } of every("[id]")) {
    if (seen.has(id)) faults.push(`id twice: ${id}`);
    seen.add(id);
  }
  for (const label of every("label[for]")) {
    if (!seen.has(label.htmlFor)) faults.push(`label for nothing: ${label.htmlFor}`);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "commandfor"]) {
    for (const element of every(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) {
        if (!seen.has(id)) faults.push(`${attribute} leads nowhere: ${id}`);
      }
    }
  }
  if (every("[style]").length > 0) faults.push("a style attribute");
  if (every("style").length > 0) faults.push("a style element");
  if (every("script:not([src])").length > 0) faults.push("an inline script");
  if (every("h1").length !== 1) faults.push(`${every("h1").length} h1`);
  return faults;
});

/** The viewport becomes as high as the document, so that sticky bars stay where they belong. */
export async function fullHeight(page) {
  const width = page.viewportSize().width;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(HEIGHT, height) });
}
