/** A form that asks for a reason, and what to do. The island `<reason-form>` keeps the reason until it is sent. */

import { assets } from '../assets.ts';

export interface ReasonFormProps {
  path: string;
  hidden: Record<string, string>;
  reason: string;
  limit: number;
  problem?: string | undefined;
  label: string;
  /** Who reads it, where that is not plain. */
  hint?: string;
  buttons: readonly ReasonButton[];
}

/** Value of `do`, what the button says, and how it looks: the one that is meant most, or one that takes something away. */
export type ReasonButton = [value: string, text: string, look?: 'main' | 'danger'];

export function ReasonForm({ path, hidden, reason, limit, problem, label, hint, buttons }: ReasonFormProps) {
  return (
    <reason-form data-about={Object.values(hidden).join(':')} data-returned={problem === undefined ? undefined : ''}>
      <form class="form" method="post" action={path}>
        {Object.entries(hidden).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {problem !== undefined && (
          <p class="problem-note" role="alert" id="problem">
            {problem}
          </p>
        )}
        <label>
          <span>{label}</span>
          <textarea
            name="reason"
            rows={3}
            required
            autocomplete="off"
            maxlength={limit}
            aria-describedby={problem === undefined ? undefined : 'problem'}
          >
            {`\n${reason}`}
          </textarea>
          {hint !== undefined && <small>{hint}</small>}
        </label>
        <p class="row">
          {buttons.map(([value, text, look]) => (
            <button name="do" value={value} class={look}>
              {text}
            </button>
          ))}
        </p>
      </form>
      <script type="module" src={assets().paperJs}></script>
    </reason-form>
  );
}
