/**
 * As much of the WebAssembly JavaScript interface as is used here; TypeScript has it among the types of a browser only.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** In pages of 64 KiB. */
    constructor(size: { initial: number; maximum: number });
  }
  class Instance {
    readonly exports: object;
    constructor(module: Module, imports: Record<string, Record<string, unknown>>);
  }
}
