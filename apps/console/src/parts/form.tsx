import { useId, useRef, useState } from 'preact/hooks';
import type { Problem } from '../api/problem.js';
import { ProblemNote } from './problem-note.js';
import { t } from '../text/t.js';

/** A field of a form; its name is the gateway's name in faults. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password' | 'tel' | 'email' | 'date' | 'decimal' | 'long' | 'choice';
  readonly hint?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly value?: string;
  /** For a choice: the values with their labels. */
  readonly choices?: Readonly<Record<string, string>>;
}

export type Values = Readonly<Record<string, string>>;

export interface FormProps {
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly isRisky?: boolean;
  /** All fields in one line if they fit, for a search, where nothing is required. */
  readonly isRow?: boolean;
  /** Empties the form once it was taken. */
  readonly clears?: boolean;
  /** @returns the problem, or undefined on success */
  readonly onSubmit: (values: Values) => Promise<Problem | undefined>;
}

/** A form with its labels, hints and faults; it can be sent once at a time, and leads to its first fault. */
export function Form({ fields, submit, isRisky = false, isRow = false, clears = false, onSubmit }: FormProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  // Known at once, where the state is known only after the next rendering: two clicks can come before that.
  const sending = useRef(false);

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending.current) return;
    const values = readValues(fields, event.currentTarget as HTMLFormElement);
    sending.current = true;
    setBusy(true);
    const found = missing(fields, values) ?? (await onSubmit(values));
    sending.current = false;
    setBusy(false);
    setProblem(found);
    if (found === undefined && clears) form.current?.reset();
    const first = fields.find(({ name }) => found?.fields[name] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first.name}"]`)?.focus();
  };

  return (
    <form ref={form} class={isRow ? 'form form-row' : 'form'} noValidate onSubmit={(event) => void send(event)}>
      {fields.map((field) => (
        <FieldView
          key={field.name}
          id={`${id}-${field.name}`}
          field={field}
          fault={problem?.fields[field.name]}
          saysOptional={!isRow}
        />
      ))}
      <div class="form-end">
        <button type="submit" class={isRisky ? 'risky' : 'main'} aria-disabled={isBusy}>
          {isBusy ? t('action.busy') : submit}
        </button>
      </div>
      {problem !== undefined && <ProblemNote problem={withoutShown(problem, fields)} />}
    </form>
  );
}

interface FieldViewProps {
  readonly id: string;
  readonly field: Field;
  readonly fault: string | undefined;
  readonly saysOptional: boolean;
}

function FieldView({ id, field, fault, saysOptional }: FieldViewProps) {
  const { name, label, hint, required = false } = field;
  const describedBy = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-fault`].filter(
    Boolean,
  );
  const common = {
    id,
    name,
    'aria-invalid': fault !== undefined,
    'aria-required': required,
    ...(describedBy.length === 0 ? {} : { 'aria-describedby': describedBy.join(' ') }),
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {saysOptional && !required && field.type !== 'choice' && <span class="quiet">{t('form.optional')}</span>}
      </label>
      <Control field={field} common={common} />
      {hint !== undefined && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} class="fault">
          {fault}
        </p>
      )}
    </div>
  );
}

function Control({ field, common }: { field: Field; common: object }) {
  const { type = 'text', value = '', maxLength, choices = {} } = field;
  const limit = maxLength === undefined ? {} : { maxLength };
  switch (type) {
    case 'long':
      return <textarea rows={2} {...common} {...limit} defaultValue={value} />;
    case 'choice':
      return (
        <select {...common}>
          {Object.entries(choices).map(([choice, label]) => (
            <option key={choice} value={choice} selected={choice === value}>
              {label}
            </option>
          ))}
        </select>
      );
    case 'decimal':
      return <input type="text" inputMode="decimal" autoComplete="off" {...common} {...limit} defaultValue={value} />;
    case 'password':
      return <input type="password" autoComplete="off" {...common} {...limit} defaultValue={value} />;
    case 'date':
      return <input type="date" {...common} defaultValue={value} />;
    // Not the type `email`, which gives no text while the address is incomplete.
    case 'email':
    case 'tel':
    case 'text':
      return (
        <input
          type="text"
          inputMode={type}
          autoComplete="off"
          spellcheck={false}
          {...common}
          {...limit}
          defaultValue={value}
        />
      );
  }
}

function readValues(fields: readonly Field[], form: HTMLFormElement): Values {
  const data = new FormData(form);
  const textOf = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return Object.fromEntries(fields.map(({ name }) => [name, textOf(name)]));
}

const MARKED = t('form.marked');

/** The message below a form whose fields show their own faults. */
function withoutShown(problem: Problem, fields: readonly Field[]): Problem {
  const faults = Object.entries(problem.fields);
  const others = faults.filter(([name]) => !fields.some((field) => field.name === name));
  // What the gateway says of a body as a whole is for programs.
  const detail = faults.length > 0 && others.length === 0 ? MARKED : problem.detail;
  return { ...problem, detail, fields: Object.fromEntries(others) };
}

function missing(fields: readonly Field[], values: Values): Problem | undefined {
  const empty = fields.filter(({ name, required = false }) => required && values[name] === '');
  if (empty.length === 0) return undefined;
  const faults = empty.map(({ name }) => [name, t('form.empty')] as const);
  return { status: 422, detail: MARKED, fields: Object.fromEntries(faults) };
}
