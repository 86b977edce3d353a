/** What something took, in seconds. */
export interface Took {
  readonly wall: number;
  /** Of this thread's processor: the same on a machine with other work to do. Counted in steps of some milliseconds. */
  readonly processor: number;
}

/** Started by the call; asked as often as one likes. */
export function stopwatch(): () => Took {
  const cpu = process.threadCpuUsage();
  const begun = process.hrtime.bigint();
  return () => {
    const { user, system } = process.threadCpuUsage(cpu);
    return { wall: Number(process.hrtime.bigint() - begun) / 1e9, processor: (user + system) / 1e6 };
  };
}
