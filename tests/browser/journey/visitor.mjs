// A person in a browser: signs in by the link of a mail, follows links of mails, does acts that are asked twice.
import assert from "node:assert/strict";
import { openPage, overflow } from "../support.mjs";
import { code } from "./totp.mjs";

/** Longest wait for one thing, in milliseconds: machines that test are busy. */
export const WAIT = 30_000;

export class Visitor {
  constructor(browser, installation, person, options = {}) {
    Object.assign(this, { browser, installation, person, options });
  }

  /** Signs in as people do: asks for a link, reads the mail, presses the button; sets up a code when it is asked. */
  async signIn() {
    const opened = await openPage(this.browser, this.options);
    Object.assign(this, opened);
    this.page.setDefaultTimeout(WAIT);
    await this.goto("/connexion");
    const form = this.page.locator("form[action='/connexion/lien']");
    await form.getByLabel("Adresse électronique").fill(this.person.email);
    await form.getByRole("button").click();
    const mail = await this.installation.sink.wait(this.person.email, /Lien de connexion/);
    await this.page.goto(linkOf(mail));
    await this.button("Me connecter").click();
    await this.page.waitForURL((url) => !url.pathname.startsWith("/connexion"));
    if (this.page.url().endsWith("/second-facteur")) await this.setUpCode();
  }

  /** The second factor, with a code computed from the key that the page shows. */
  async setUpCode() {
    const key = await this.page.locator("#secret").textContent();
    await this.page.getByLabel("Code à six chiffres").fill(code(key));
    await this.button("Activer le second facteur").click();
    assert.equal(await this.page.locator("#codes li").count(), 10);
    await this.page.getByRole("link", { name: "J’ai rangé mes codes" }).click();
  }

  goto(path) {
    return this.page.goto(this.installation.url + path);
  }

  button(name) {
    return this.page.getByRole("button", { name });
  }

  link(name) {
    return this.page.getByRole("link", { name });
  }

  /** Waits for the next mail with such a subject, and opens what it leads to. */
  async openMail(subject) {
    const mail = await this.installation.sink.wait(this.person.email, subject);
    await this.page.goto(linkOf(mail));
    return mail;
  }

  /** Presses the button of an act, reads what it will do, confirms, and checks what is said afterwards. */
  async act(button, done) {
    await button.click();
    await this.confirm(done);
  }

  async confirm(done) {
    const effects = this.page.locator(".effets li");
    await effects.first().waitFor();
    assert.match(await effects.last().textContent(), /inscrit au journal/);
    await this.page.locator("button[name='confirme']").click();
    await this.says(done);
  }

  /** A message of the page. */
  async says(text) {
    await this.page.locator(".message", { hasText: text }).first().waitFor();
  }

  /** Opens a folded part, unless it is. */
  async unfold(details) {
    if ((await details.getAttribute("open")) === null) await details.locator("summary").first().click();
  }

  async fitsItsWindow() {
    assert.ok((await overflow(this.page)) <= 0, `${this.page.url()} is wider than its window`);
  }

  /** Where this person is and what the page says, for a failure. */
  async where() {
    if (!this.page || this.page.isClosed()) return "";
    const said = await this.page.locator("main").innerText({ timeout: 2000 }).catch(() => "no main");
    return `${this.person.role} at ${this.page.url()}:\n${said.slice(0, 3000)}\n`;
  }

  /** Nothing went wrong in the browser; then its profile is forgotten. */
  async leave() {
    assert.deepEqual(this.trouble ?? [], []);
    await this.close?.();
  }
}

/** The first address of a mail, in its text. */
export const linkOf = (mail) => /https?:\/\/\S+/.exec(mail.text)[0];
