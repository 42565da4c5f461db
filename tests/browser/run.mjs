// Runs the browser tests: node tests/browser/run.mjs
//
// Tests that only look share one demonstration, which takes a while to fill; those that act have each their own,
// and run meanwhile. Arguments are file names to run alone, each with its own demonstration.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { startDemo } from "./support.mjs";

const LOOKING = ["axe", "draft", "keyboard", "narrow", "no-script", "print"].map((name) => `${name}.test.mjs`);
const folder = import.meta.dirname;

/** Runs the files one after the other. Gives the exit code and what was written, when it was kept. */
function run(files, { env = {}, keep = false } = {}) {
  const args = ["--test", "--test-concurrency=1", ...files.map((file) => join(folder, file))];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env }, stdio: ["ignore", keep ? "pipe" : "inherit", "inherit"],
  });
  let written = "";
  child.stdout?.on("data", (chunk) => { written += chunk; });
  return new Promise((resolve) => child.once("exit", (code) => resolve({ code: code ?? 1, written })));
}

async function look() {
  const demo = await startDemo();
  const { code } = await run(LOOKING, { env: { PARCHEMIN_URL: demo.url } });
  await demo.stop();
  return code;
}

async function all() {
  const acting = readdirSync(folder).filter((file) => file.endsWith(".test.mjs") && !LOOKING.includes(file));
  const [looked, acted] = await Promise.all([look(), run(acting, { keep: true })]);
  process.stdout.write(acted.written);
  return looked || acted.code;
}

const asked = process.argv.slice(2).map((file) => basename(file));
process.exitCode = asked.length ? (await run(asked)).code : await all();
