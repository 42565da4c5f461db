// A mail server on loopback that accepts everything and keeps it, decoded: subject, text, html, calendar.
// It speaks enough SMTP (RFC 5321) for a real client, and reads enough MIME (RFC 2045 to 2047) for our mails.
import { createServer } from "node:net";

/**
 * Starts a sink. `url` is for PARCHEMIN_SMTP_URL; `wait(to, subject)` gives the next mail to an address whose
 * subject matches and that was not given before; `mails` are all of them.
 */
export async function startSink() {
  const mails = [];
  const waiting = new Set();
  const keep = (mail) => {
    mails.push(mail);
    for (const look of [...waiting]) look();
  };
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    converse(socket, keep);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  const wait = (to, subject, within = 180_000) => new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      waiting.delete(look);
      const seen = mails.map((mail) => `${mail.to}: ${mail.subject}`).join("\n");
      reject(new Error(`no mail ${subject} to ${to}; what came:\n${seen}`));
    }, within);
    const look = () => {
      const found = mails.find((mail) => !mail.given && mail.to.includes(to) && subject.test(mail.subject));
      if (!found) return;
      found.given = true;
      clearTimeout(late);
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  return { url: `smtp://127.0.0.1:${server.address().port}`, mails, wait, stop };
}

/** One connection: commands by lines, then the lines of a message until a dot. */
function converse(socket, keep) {
  let buffer = "";
  let envelope = { from: "", to: [] };
  let message = null;
  const say = (text) => socket.write(`${text}\r\n`);
  const address = (line) => /<([^>]*)>/.exec(line)?.[1].toLowerCase() ?? "";
  const commands = {
    EHLO: () => say("250-sink.localhost\r\n250-8BITMIME\r\n250 SMTPUTF8"),
    HELO: () => say("250 sink.localhost"),
    MAIL: (line) => { envelope = { from: address(line), to: [] }; say("250 OK"); },
    RCPT: (line) => { envelope.to.push(address(line)); say("250 OK"); },
    DATA: () => { message = []; say("354 Go on"); },
    RSET: () => { envelope = { from: "", to: [] }; say("250 OK"); },
    NOOP: () => say("250 OK"),
    QUIT: () => { say("221 Bye"); socket.end(); },
  };
  const take = (line) => {
    if (message === null) return (commands[line.slice(0, 4).toUpperCase()] ?? (() => say("502 Not here")))(line);
    if (line !== ".") return message.push(line.startsWith(".") ? line.slice(1) : line);
    keep({ ...envelope, ...read(message.join("\r\n")) });
    message = null;
    return say("250 Kept");
  };
  // Bytes travel one to one in latin1 strings; parts are decoded with their own charset.
  socket.setEncoding("latin1");
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    buffer += chunk;
    for (let end = buffer.indexOf("\r\n"); end >= 0; end = buffer.indexOf("\r\n")) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      take(line);
    }
  });
  say("220 sink.localhost ESMTP");
}

/** A message: its headers, and its first part of each kind. */
function read(raw) {
  const parts = leaves(raw);
  const { headers } = split(raw);
  const body = (type) => parts.find((part) => part.type === type)?.text ?? "";
  return {
    subject: words(headers.subject ?? ""),
    messageId: headers["message-id"] ?? "",
    text: body("text/plain"),
    html: body("text/html"),
    ics: body("text/calendar"),
  };
}

function split(raw) {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  return { headers, body: rest.join("\r\n\r\n") };
}

/** The parts that hold something, whatever the depth of their multiparts. */
function leaves(raw) {
  const { headers, body } = split(raw);
  const kind = headers["content-type"] ?? "text/plain";
  const type = kind.split(";")[0].trim().toLowerCase();
  const boundary = /boundary="?([^";]+)"?/i.exec(kind)?.[1];
  if (!type.startsWith("multipart/") || !boundary) {
    return [{ type, text: decoded(body, headers["content-transfer-encoding"], /charset="?([^";\s]+)/i.exec(kind)?.[1]) }];
  }
  const inside = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1).filter((part) => !part.startsWith("--"));
  return inside.flatMap((part) => leaves(part.replace(/^[ \t]*\r\n/, "")));
}

function decoded(body, encoding = "7bit", charset = "utf-8") {
  const kind = encoding.toLowerCase();
  const bytes = kind === "base64" ? Buffer.from(body, "base64") : Buffer.from(kind === "quoted-printable" ? unquoted(body) : body, "latin1");
  return new TextDecoder(charset).decode(bytes).replaceAll("\r\n", "\n");
}

const unquoted = (text) => text
  .replaceAll(/[ \t]+(?=\r\n)/g, "")
  .replaceAll(/=\r\n/g, "")
  .replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Encoded words of a header; the blanks between two of them do not count. */
const words = (text) => text
  .replaceAll(/(\?=)\s+(=\?)/g, "$1$2")
  .replaceAll(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, body) => (kind.toLowerCase() === "b"
    ? decoded(body, "base64", charset)
    : decoded(body.replaceAll("_", " "), "quoted-printable", charset)));
