/** Thrown where a file says something is where nothing is. */
export class Broken extends Error {}

/** Bytes of a file that nobody vouches for: what lies outside throws {@link Broken}. */
export class Bytes {
  readonly #view: DataView;
  #littleEndian = false;

  constructor(buffer: ArrayBuffer, from = 0, length = buffer.byteLength - from) {
    if (from < 0 || length < 0 || from + length > buffer.byteLength) throw new Broken();
    this.#view = new DataView(buffer, from, length);
  }

  get length(): number {
    return this.#view.byteLength;
  }

  /** The same bytes, numbers read from their low end. */
  lowEndFirst(): Bytes {
    const same = this.slice(0);
    same.#littleEndian = true;
    return same;
  }

  slice(from: number, length = this.length - from): Bytes {
    if (from < 0 || length < 0 || from + length > this.length) throw new Broken();
    const part = new Bytes(this.#view.buffer as ArrayBuffer, this.#view.byteOffset + from, length);
    part.#littleEndian = this.#littleEndian;
    return part;
  }

  u8(at: number): number {
    return this.slice(at, 1).#view.getUint8(0);
  }

  u16(at: number): number {
    return this.slice(at, 2).#view.getUint16(0, this.#littleEndian);
  }

  u32(at: number): number {
    return this.slice(at, 4).#view.getUint32(0, this.#littleEndian);
  }

  /** A number of 0, 4 or 8 bytes, as the boxes of HEIC have them. */
  number(at: number, size: number): number {
    if (size === 0) return 0;
    if (size === 4) return this.u32(at);
    if (size !== 8) throw new Broken();
    return this.u32(at) * 2 ** 32 + this.u32(at + 4);
  }

  text(at: number, length: number): string {
    let text = '';
    for (let index = at; index < at + length; index += 1) text += String.fromCharCode(this.u8(index));
    return text;
  }
}
