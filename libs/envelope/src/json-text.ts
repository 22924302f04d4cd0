/**
 * A value that is written as JSON already, such as a producer's own text: `stringifyJson` puts it out to the byte.
 * The one who makes one answers for it being JSON.
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
