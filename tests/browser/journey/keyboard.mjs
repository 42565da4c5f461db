// A person without a mouse: Tab, Enter and Space, arrows inside a group of choices. The focus is never lost.
import assert from "node:assert/strict";
import { until } from "./step.mjs";

const TOO_FAR = 150;

/** What has the focus: its role for a person, its name, and whether it is shown. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const label = element.getAttribute("aria-label") ?? [...(element.labels ?? [])].map((one) => one.textContent).join(" ");
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  return {
    tag: element.tagName.toLowerCase(), type: element.type ?? "", name: element.getAttribute("name") ?? "", value: element.value ?? "",
    form: element.form?.getAttribute("action") ?? "", text: (label || element.textContent).trim().replaceAll(/\s+/g, " "),
    // The parts inside a date or a file field are the browser's own, and so is their mark.
    seen: !element.matches(":focus") || (element.matches(":focus-visible") && (outlineStyle !== "none" || boxShadow !== "none")),
  };
});

export class Keyboard {
  #chooser;

  constructor(page) {
    this.page = page;
    page.on("filechooser", (chooser) => { this.#chooser = chooser; });
  }

  /** Presses Tab until something suits; it must be reached, and everything on the way must show its focus. */
  async reach(what, suits) {
    const passed = [];
    for (let presses = 0; presses < TOO_FAR; presses += 1) {
      await this.page.keyboard.press("Tab");
      const now = await focused(this.page);
      assert.ok(now, `the focus is lost on the way to ${what}, after ${passed.slice(-3).join(", ")}`);
      assert.ok(now.seen, `the focus is not shown on "${now.text}" (${now.tag})`);
      if (suits(now)) return now;
      passed.push(now.text || now.name);
    }
    throw new Error(`${what} is not reached by keyboard; passed: ${passed.join(" | ")}`);
  }

  field(label) {
    return this.reach(label, ({ tag, text }) => ["input", "textarea", "select"].includes(tag) && text.startsWith(label));
  }

  /** Types into a field; what was in it is replaced. */
  async fill(label, text) {
    await this.field(label);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  /** Ticks the box or the button that has the focus at a label. */
  async tick(label) {
    const { type } = await this.field(label);
    assert.ok(["checkbox", "radio"].includes(type), `${label} is no box`);
    await this.page.keyboard.press("Space");
  }

  /** Chooses in a group: Tab enters it, arrows move inside. */
  async choose(name, value) {
    let now = await this.reach(`the choices ${name}`, (one) => one.name === name);
    for (let moves = 0; now.value !== value; moves += 1) {
      assert.ok(moves < 20, `${name} has no choice ${value}`);
      await this.page.keyboard.press("ArrowDown");
      now = await focused(this.page);
    }
    await this.page.keyboard.press("Space");
  }

  /** Activates a link or a button, and waits for the page that comes. */
  async press(label, key = "Enter") {
    await this.reach(label, ({ tag, text }) => ["a", "button", "summary"].includes(tag) && text.startsWith(label));
    await Promise.all([this.page.waitForEvent("domcontentloaded"), this.page.keyboard.press(key)]);
  }

  /** Gives a file to the field that a form holds. */
  async upload(form, file) {
    await this.reach("the file", (one) => one.type === "file" && form(one));
    await this.page.keyboard.press("Space");
    const chooser = await until("the window of files opens", () => this.#chooser);
    await chooser.setFiles(file);
  }
}
