/** Waits until something holds, looking every 25 ms. @throws Error naming what did not come to hold in time */
export async function waitUntil(
  what: string,
  milliseconds: number,
  holds: () => Promise<boolean> | boolean,
): Promise<void> {
  for (const limit = performance.now() + milliseconds; ;) {
    if (await holds()) return;
    if (performance.now() > limit) throw new Error(`not within ${milliseconds / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
