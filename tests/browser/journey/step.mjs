// What both journeys need to be told: steps with a name, and waiting for what the program does on its own.
import { setTimeout as pause } from "node:timers/promises";

/**
 * A function that runs the steps of a test: each is named in the report, and in the error when it fails, with what
 * `where` tells then.
 */
export const steps = (t, where = async () => "") => async (name, act) => {
  const start = performance.now();
  try {
    const result = await act();
    t.diagnostic(`${name} (${Math.round(performance.now() - start)} ms)`);
    return result;
  } catch (error) {
    error.message = `${name}: ${error.message}\n${await where()}`;
    throw error;
  }
};

/** Looks until it finds something true, and gives it; fails when it never comes. */
export async function until(what, look, within = 180_000) {
  for (const deadline = Date.now() + within; Date.now() < deadline; await pause(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`never: ${what}`);
}
