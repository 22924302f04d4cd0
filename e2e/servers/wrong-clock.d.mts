export function hasFaketime(): boolean;
export function wrongClock(offset: string): Record<string, string>;
