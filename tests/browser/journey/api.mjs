// The API, known from its OpenAPI document alone: operations by their name, every answer checked against it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { faults } from "./schema.mjs";

/** Reads the document of a server. */
export async function api(url) {
  const answer = await fetch(`${url}/api/openapi.json`);
  assert.equal(answer.status, 200);
  return new Api(url, await answer.json());
}

class Api {
  /** Names of the operations that were called. */
  called = new Set();

  constructor(url, document) {
    this.document = document;
    this.base = new URL(document.servers[0].url, url).href;
    this.operations = new Map();
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.operationId) this.operations.set(operation.operationId, { path, method: method.toUpperCase(), ...operation });
      }
    }
  }

  /**
   * Calls an operation and gives `{ status, body, etag, location, headers }`. `path` and `query` are its parameters,
   * `body` is JSON, `form` a FormData, `version` goes to If-Match, `key` to Idempotency-Key (a new one on every POST).
   * The answer must be the success of the document, or `expect`.
   */
  async call(token, name, { path = {}, query = {}, body, form, version, key, expect } = {}) {
    const operation = this.operations.get(name);
    assert.ok(operation, `the document has no operation ${name}`);
    this.called.add(name);
    const headers = { Accept: "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    if (version !== undefined) headers["If-Match"] = `"${version}"`;
    if (operation.method === "POST") headers["Idempotency-Key"] = key ?? randomUUID();
    if (body !== undefined) this.#checkRequest(operation, body);
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const answer = await fetch(this.#address(operation, path, query), {
      method: operation.method, headers, body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const read = await this.#checkAnswer(operation, answer);
    const success = Object.keys(operation.responses).filter((status) => status.startsWith("2")).map(Number);
    const wanted = expect === undefined ? success : [expect];
    assert.ok(wanted.includes(answer.status), `${name} answered ${answer.status}: ${JSON.stringify(read)}`);
    return {
      status: answer.status, body: read, headers: answer.headers,
      etag: answer.headers.get("etag"), location: answer.headers.get("location"),
    };
  }

  #address({ operationId, path, parameters = [] }, given, query) {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => {
      assert.ok(given[name], `${operationId} needs ${name}`);
      return encodeURIComponent(given[name]);
    });
    const known = parameters.filter((one) => one.in === "query").map((one) => one.name);
    for (const name of Object.keys(query)) assert.ok(known.includes(name), `${operationId} does not document ?${name}`);
    const search = new URLSearchParams(query).toString();
    return `${this.base}${filled}${search && `?${search}`}`;
  }

  #checkRequest({ operationId, requestBody }, body) {
    const schema = requestBody?.content["application/json"]?.schema;
    assert.ok(schema, `${operationId} documents no JSON body`);
    assert.deepEqual(faults(this.document, schema, body), [], `the body for ${operationId}`);
  }

  /** The answer is documented: its status, its type, its headers and its shape. */
  async #checkAnswer({ operationId, responses }, answer) {
    const documented = responses[answer.status];
    assert.ok(documented, `${operationId} answered ${answer.status}, which is not documented`);
    for (const [name, header] of Object.entries(documented.headers ?? {})) {
      assert.ok(!header.required || answer.headers.has(name), `${operationId} ${answer.status} without ${name}`);
    }
    const type = answer.headers.get("content-type")?.split(";")[0];
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!documented.content) return assert.equal(bytes.length, 0, `${operationId} documents no body`);
    assert.ok(documented.content[type], `${operationId} ${answer.status} answered ${type}`);
    if (!/\bjson$/.test(type)) return bytes;
    const body = JSON.parse(bytes);
    assert.deepEqual(faults(this.document, documented.content[type].schema, body), [], `${operationId} ${answer.status}`);
    return body;
  }
}
