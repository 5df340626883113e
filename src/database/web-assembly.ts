/** The part of the WebAssembly API that is used here; TypeScript knows it only together with a browser's. */
export interface WebAssemblyApi {
  Module: new (bytes: ArrayBuffer | ArrayBufferView) => object;
  Memory: new (pages: { readonly initial: number; readonly maximum: number }) => object;
  compile: (bytes: ArrayBuffer | ArrayBufferView) => Promise<object>;
  [name: string]: unknown;
}

export const { WebAssembly: webAssembly } = globalThis as typeof globalThis & {
  WebAssembly: WebAssemblyApi;
};
