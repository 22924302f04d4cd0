export class JsonNumber { constructor(readonly text: string) {} toNumber(): number { return Number(this.text); } }
export type JsonValue = null | boolean | string | JsonNumber | JsonValue[] | JsonObject;
export interface JsonObject { [key: string]: JsonValue }
export interface RequestHead { type: string; terminalId: string; languageId: string; phone: string; time: string }
export interface Answer { resultCode: number; resultMessage: string; head: JsonObject; body: JsonObject | undefined }
export interface EnvelopeError { kind: string; detail: string; received: string }
export function encodeRequest(h: RequestHead, body: object | undefined): Buffer { return Buffer.from(JSON.stringify({ message: { head: { type: h.type, terminalId: h.terminalId, languageId: h.languageId, phone: h.phone, time: h.time }, body } })); }
const conv = (v: unknown): JsonValue => typeof v === 'number' ? new JsonNumber(String(v)) : Array.isArray(v) ? v.map(conv) : typeof v === 'object' && v !== null ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, conv(x)])) : v as JsonValue;
export function decodeAnswer(b: Uint8Array): { ok: true; answer: Answer } | { ok: false; error: EnvelopeError } { try { const m = JSON.parse(Buffer.from(b).toString()).message; return { ok: true, answer: { resultCode: Number(m.head.resultCode), resultMessage: m.head.resultMessage, head: m.head, body: conv(m.body) as JsonObject } }; } catch { return { ok: false, error: { kind: 'x', detail: 'x', received: '' } }; } }
export function formatTime(d: Date, f: 'sample' | 'atom'): string { const s = new Date(d.getTime() + 3 * 3600e3).toISOString().slice(0, 19); return f === 'atom' ? s + '+03:00' : s.replace('T', ' ') + ' +03:00'; }
