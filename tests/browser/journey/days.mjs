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
