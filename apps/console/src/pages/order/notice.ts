let notice = '';

/** Keeps a sentence for the next page: the decision about one order leads to another. */
export function leaveNotice(text: string): void {
  notice = text;
}

/** The sentence that was left, once. */
export function takeNotice(): string {
  const taken = notice;
  notice = '';
  return taken;
}
