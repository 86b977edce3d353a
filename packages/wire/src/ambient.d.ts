// What every JavaScript host offers and the language library does not declare.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}
interface ReadableStream<T = unknown> extends AsyncIterable<T> {
  cancel(reason?: unknown): Promise<void>;
}
interface WritableStream<T = unknown> {
  getWriter(): WritableStreamWriter<T>;
}
interface WritableStreamWriter<T> {
  write(chunk: T): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}
