import { setTimeout as pause } from "node:timers/promises";

// Days as the program counts them for structures in metropolitan France.
const format = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" });

/** `YYYY-MM-DD`, some days from today in Paris. */
export const day = (shift = 0) => {
  const today = new Date(`${format.format(new Date())}T12:00:00Z`);
  today.setUTCDate(today.getUTCDate() + shift);
  return today.toISOString().slice(0, 10);
};

/** Midnight that begins today in Paris, as an instant. */
export function startOfToday() {
  const noon = new Date(`${day()}T00:00:00Z`);
  const shown = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", hour: "2-digit", hourCycle: "h23" });
  const before = new Date(noon.getTime() - Number(shown.format(noon)) * 3_600_000);
  return before.toISOString().replace(".000Z", "Z");
}

/** A whole minute that is about to begin, with its day and its hour in Paris: no visit is fixed in the past. */
export function nextMinute() {
  const at = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000);
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return { at, day: format.format(at), hour: hour.format(at) };
}

/** Waits until an instant is behind. */
export async function passed(at) {
  await pause(Math.max(0, at.getTime() - Date.now()) + 200);
}
