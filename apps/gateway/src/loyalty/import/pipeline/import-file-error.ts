/** The file cannot be read as one of its kind, or not to its end; the message is for the person who sent it. */
export class ImportFileError extends Error {}
