/** The bytes of a CSV file, which can be read from the beginning more than once. */
export interface ImportSource {
  /** @throws ImportFileError while it is read, when what the CSV is packed in is damaged */
  read(): AsyncIterable<Buffer>;
  close(): void;
}
