import sax from 'sax';
import { damaged } from './open-workbook.js';

/** What a reader learns of an XML document; names are without their prefix. */
export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a part of a workbook as it arrives, strictly: a document type is a fault, so that no document defines entities,
 * which could grow.
 *
 * @throws ProblemError 422 for what is no well-formed XML
 */
export async function readXml(pieces: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const parser = sax.parser(true);
  const refuse = (): never => {
    throw damaged();
  };
  const text = (piece: string): void => handlers.text?.(piece);
  const events: Partial<sax.SAXParser> = {
    onopentag: ({ name, attributes }) =>
      handlers.open?.(withoutPrefix(name), attributes as Readonly<Record<string, string>>),
    ontext: text,
    oncdata: text,
    onclosetag: (name) => handlers.close?.(withoutPrefix(name)),
    ondoctype: refuse,
    onerror: refuse,
  };
  Object.assign(parser, events);
  for await (const piece of pieces) parser.write(piece);
  parser.close();
}
