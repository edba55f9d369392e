import { damaged } from '../faults.js';

/** Takes big-endian values off a buffer and never reads beyond its end. @throws JwtError `keyFileDamaged` */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #path: string;
  #offset = 0;

  public constructor(bytes: Uint8Array, path: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#path = path;
  }

  public get offset(): number {
    return this.#offset;
  }

  public get remaining(): number {
    return this.#bytes.byteLength - this.#offset;
  }

  public u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  public u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  public u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  public bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.remaining)
      throw damaged(this.#path, `it ends after ${this.#bytes.byteLength} bytes, in the middle`);
    this.#offset += length;
    return start;
  }
}
