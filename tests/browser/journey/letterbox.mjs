// The letter box of the demonstration, read as the sink of an installation is: each mail is given once.
import { openPage } from "../support.mjs";
import { until } from "./step.mjs";

export class Letterbox {
  #given = new Set();

  constructor(browser, url) {
    Object.assign(this, { browser, url });
  }

  /** The newest mail to an address whose subject matches and that was not given before, with the addresses it leads to. */
  async wait(to, subject, within = 60_000) {
    this.opened ??= await openPage(this.browser, { script: false });
    const { page } = this.opened;
    const found = await until(`a mail ${subject} to ${to || "anybody"}`, async () => {
      await page.goto(`${this.url}/demo/courriels`);
      const rows = await page.locator("tbody tr").evaluateAll((lines) => lines.map((line) => ({
        href: line.querySelector("th a").getAttribute("href"),
        subject: line.querySelector("th a").textContent,
        to: line.querySelector("td").textContent,
      })));
      return rows.find((row) => !this.#given.has(row.href) && row.to.includes(to) && subject.test(row.subject));
    }, within);
    this.#given.add(found.href);
    await page.goto(this.url + found.href);
    const written = page.locator(".specimen");
    const hrefs = await written.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const links = hrefs.map((href) => {
      const { pathname, search } = new URL(href, this.url);
      return this.url + pathname + search;
    });
    return { ...found, links, text: [...links, await written.innerText()].join("\n") };
  }

  async close() {
    await this.opened?.close();
  }
}
