/**
 * A value that is already JSON text, such as a producer's own: `stringifyJson` writes it byte for byte. The caller
 * guarantees that it is JSON.
 */
export class JsonText {
  constructor(readonly text: string) {}

  /**
   * What `JSON.stringify` writes: the value parsed again, with rounded numbers. For the exact text use `stringifyJson`.
   */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
