/** Nats for one step of a learned byte: 0 is a probability of 1, 255 one of e⁻²⁰. */
export const STEPS_PER_NAT = 12.75;

/** Probabilities from bytes of negative logarithms in base64, as the learning script writes them. */
export function decodeLogs(base64: string): Float64Array {
  return Float64Array.from(Uint8Array.fromBase64(base64), (step) =>
    step === 255 ? 0 : Math.exp(-step / STEPS_PER_NAT),
  );
}
