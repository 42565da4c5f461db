// Checks a value against a schema of OpenAPI 3.0, with the words that our document uses. A general validator would
// need the document translated first (`nullable` is not JSON Schema) and would let undocumented fields pass.

const FORMATS = {
  uuid: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)),
  "date-time": (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value),
  int32: (value) => Math.abs(value) < 2 ** 31,
  int64: (value) => Number.isSafeInteger(value),
  binary: () => true,
};
const KNOWN = new Set(["$ref", "additionalProperties", "allOf", "default", "deprecated", "description", "enum", "format", "items",
  "maxItems", "maxLength", "minimum", "nullable", "pattern", "properties", "required", "title", "type"]);
const typeOf = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
};

/** Every fault of a value, with its place; none when the schema allows it. */
export function faults(document, schema, value, at = "") {
  const unknown = Object.keys(schema).filter((word) => !KNOWN.has(word));
  if (unknown.length > 0) return [`${at}: the validator does not know ${unknown}`];
  if (schema.$ref) return faults(document, resolve(document, schema.$ref), value, at);
  if (value === null && schema.nullable) return [];
  const found = (schema.allOf ?? []).flatMap((part) => faults(document, part, value, at));
  const type = typeOf(value);
  if (schema.type && schema.type !== type && !(schema.type === "number" && type === "integer")) {
    return [...found, `${at}: ${type} instead of ${schema.type}`];
  }
  const wrong = (rule, broken) => { if (broken) found.push(`${at}: ${JSON.stringify(value)} breaks ${rule}`); };
  wrong("enum", schema.enum && !schema.enum.includes(value));
  wrong(`format ${schema.format}`, schema.format && !FORMATS[schema.format]?.(value));
  wrong("pattern", schema.pattern && typeof value === "string" && !new RegExp(schema.pattern, "u").test(value));
  wrong("minimum", schema.minimum !== undefined && value < schema.minimum);
  wrong("maxLength", schema.maxLength !== undefined && value.length > schema.maxLength);
  wrong("maxItems", schema.maxItems !== undefined && value.length > schema.maxItems);
  if (type === "array" && schema.items) value.forEach((one, index) => found.push(...faults(document, schema.items, one, `${at}/${index}`)));
  if (type === "object" && schema.type === "object") found.push(...membersOf(document, schema, value, at));
  return found;
}

function membersOf(document, schema, value, at) {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`);
  const others = Object.entries(value).flatMap(([name, member]) => {
    const place = `${at}/${name}`;
    if (properties[name]) return faults(document, properties[name], member, place);
    if (typeof additionalProperties === "object") return faults(document, additionalProperties, member, place);
    return schema.properties ? [`${place}: not documented`] : [];
  });
  return [...missing, ...others];
}

const resolve = (document, ref) => ref.replace("#/", "").split("/").reduce((place, name) => place[name], document);
